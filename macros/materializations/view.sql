{% materialization view, adapter='duckdb' %}
    {%- set target_relation = this.incorporate(type='view') -%}
    {%- do make_room_for(target_relation) -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}

    {%- set fingerprints = fingerprints_of(sql) -%}
    {%- if is_up_to_date(target_relation, fingerprints) -%}
        {{ keep() }}
    {%- else -%}
        {%- call statement('main') -%}
            {{ create_view_in_place(target_relation, sql) }}
            {{ comments_on(target_relation) }}
            {{ note_fingerprint(target_relation, fingerprints.now or "'" ~ local_md5(sql) ~ "'") }}
        {%- endcall -%}
    {%- endif -%}

    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {%- do adapter.commit() -%}
    {{ run_hooks(post_hooks, inside_transaction=False) }}

    {{ return({'relations': [target_relation]}) }}
{% endmaterialization %}


{% macro create_view_in_place(relation, sql) -%}
    {%- if config.get('contract').enforced -%}
        {{ get_assert_columns_equivalent(sql) }}
    {%- endif -%}
    create or replace view {{ relation }} as (
        {{ sql | replace(relation.include(schema=false, identifier=false) ~ '.', '') }}
    );
{%- endmacro %}
