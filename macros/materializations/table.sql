{% materialization table, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='table') -%}
    {%- do make_room_for(target_relation) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- set fingerprints = fingerprints_of(sql) -%}
    {%- if is_up_to_date(target_relation, fingerprints) -%}
        {{ keep() }}
    {%- else -%}
        {%- call statement('main') -%}
            {{ create_or_replace_table(target_relation, sql) }}
            {{ comments_on(target_relation) }}
            {{ note_fingerprint(
                target_relation, fingerprints.now or content_of(target_relation)
            ) }}
        {%- endcall -%}
    {%- endif -%}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do adapter.commit() -%}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}


{% macro create_or_replace_table(relation, sql) -%}
    {%- if config.get('contract').enforced -%}
        {{ get_assert_columns_equivalent(sql) }}
        create or replace table {{ relation }}
        {{ get_table_columns_and_constraints() }};
        insert into {{ relation }} {{ get_column_names() }} (
            {{ get_select_subquery(sql) }}
        );
    {%- else -%}
        create or replace table {{ relation }} as (
            {{ sql }}
        );
    {%- endif -%}
{%- endmacro %}
