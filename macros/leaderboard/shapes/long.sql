{# One record per figure: model, benchmark (or task), score. #}
{% macro long_cells(file, table, roles) -%}
    select
        {{ file_columns(file, "long") }},
        row_number,
        1 as column_number,
        {{ folded_name("coalesce(c" ~ roles.benchmark ~ ", '')") }} as column_name,
        c{{ roles.model }} as model,
        c{{ roles.score }} as score_text,
        cast(null as string) as stated_unit,
        {{ "c" ~ roles.source if roles.source else shipped_source(file) }} as source
    from {{ table.relation }}
{%- endmacro %}

{% macro file_columns(file, shape) -%}
    {{ file.number }} as file_number,
        {{ sql_text(file.source_file) }} as source_file,
        {{ sql_text(file.board) }} as board,
        '{{ shape }}' as shape
{%- endmacro %}

{% macro shipped_source(file) -%}
    {%- set source = shipped_leaderboards().get(file.board) -%}
    {{ sql_text(source) if source else "cast(null as string)" }}
{%- endmacro %}
