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
    {{- columns_not_read(file, "long", table.headers, roles.values() | list) }}
{%- endmacro %}

{# One row each for columns that hold neither figures nor names, so that they are listed. #}
{% macro columns_not_read(file, shape, headers, read) -%}
    {%- set rows = [] -%}
    {%- for header in headers -%}
        {%- if loop.index not in read -%}
            {%- do rows.append("(" ~ loop.index ~ ", " ~ sql_text(header) ~ ")") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if rows %}
    union all
    select
        {{ file_columns(file, shape) }},
        cast(null as bigint) as row_number,
        column_number,
        column_name,
        cast(null as string) as model,
        cast(null as string) as score_text,
        cast(null as string) as stated_unit,
        cast(null as string) as source
    from (values {{ rows | join(", ") }}) as columns_not_read (column_number, column_name)
    {%- endif -%}
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
