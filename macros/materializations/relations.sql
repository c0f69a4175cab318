{% macro make_room_for(relation) -%}
    {%- set existing = load_cached_relation(relation) -%}
    {%- if existing is not none and existing.type != relation.type -%}
        {%- do adapter.ensure_transaction() -%}
        {%- do adapter.drop_relation(existing) -%}
    {%- endif -%}
{%- endmacro %}


{% macro duckdb__persist_docs(relation, model, for_relation, for_columns) -%}
    {%- set comments = comments_on(relation) -%}
    {%- if comments -%}
        {%- do run_query(comments) -%}
    {%- endif -%}
{%- endmacro %}


{% macro comments_on(relation) -%}
    {%- if config.persist_relation_docs() and model.description -%}
        {{ duckdb__alter_relation_comment(relation, model.description) }}
    {%- endif -%}
    {%- if config.persist_column_docs() -%}
        {%- for column in model.columns.values() if column.description -%}
            comment on column {{ relation }}.{{ adapter.quote(column.name) }}
            is {{ duckdb_escape_comment(column.description) }};
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}
