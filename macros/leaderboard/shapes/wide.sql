{# One record per model: a column of names, a column for each benchmark and for whatever else. #}
{% macro wide_cells(file, table, model) %}
    {{- return(adapter.dispatch("wide_cells", "zebra")(file, table, model)) -}}
{% endmacro %}

{% macro duckdb__wide_cells(file, table, model) -%}
    {%- set cells = [] -%}
    {%- for header in table.headers -%}
        {%- if loop.index != model -%}
            {%- do cells.append(
                "{'number': " ~ loop.index ~ ", 'name': " ~ sql_text(header) ~ ", 'text': c"
                ~ loop.index ~ "}"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    select
        file_number,
        source_file,
        board,
        shape,
        row_number,
        cell.number as column_number,
        cell.name as column_name,
        model,
        cell.text as score_text,
        cast(null as string) as stated_unit,
        source
    from (
        select
            {{ file_columns(file, "wide") }},
            row_number,
            c{{ model }} as model,
            {{ shipped_source(file) }} as source,
            unnest([{{ cells | join(", ") }}]) as cell
        from {{ table.relation }}
        -- a header once more among the lines is a header
        where coalesce(trim(c{{ model }}), '') <> {{ sql_text(table.headers[model - 1] or " ") }}
    )
{%- endmacro %}

{# Models in the columns: no column is a benchmark, but names in the first column are. #}
{% macro benchmarks_stand_in_rows(file, table) %}
    {% if not execute or table.headers | length < 2 %} {% do return(false) %} {% endif %}
    {% for name in var("leaderboard_columns") if name not in leaderboard_roles() %}
        {% do return(false) %}
    {% endfor %}
    {% set texts = [] %}
    {% for header in table.headers %} {% do texts.append("(" ~ sql_text(header) ~ ")") %}
    {% endfor %}
    {% set counts = run_query(
        "select count(*) filter (where is_header), count(*) filter (where not is_header) from ("
        ~ "select true as is_header, written_name from (values " ~ texts | join(", ")
        ~ ") as headers (written_name) union all select false as is_header, c1 as written_name"
        ~ " from " ~ table.relation ~ ") as names where "
        ~ is_benchmark_name("written_name")
    ).rows[0] %}
    {% do return(counts[0] == 0 and counts[1] > 0) %}
{% endmacro %}

{% macro is_benchmark_name(name) -%}
    exists (
        select 1 from {{ ref("stg_benchmark_names") }} as names
        where not names.is_part and names.name_key in (
            {{ benchmark_name_key(name) }}, {{ benchmark_name_key(without_measure(name)) }}
        )
    )
{%- endmacro %}

{% macro turned_cells(file, table) %}
    {{- return(adapter.dispatch("turned_cells", "zebra")(file, table)) -}}
{% endmacro %}

{% macro duckdb__turned_cells(file, table) -%}
    {%- set counts = [] -%}
    {%- for header in table.headers -%}
        {%- set bare = bare_number("c" ~ loop.index) -%}
        {%- do counts.append(
            "count(coalesce(" ~ number_with_thousands(bare) ~ ", "
            ~ number_with_decimal_comma(bare) ~ "))"
        ) -%}
    {%- endfor -%}
    {%- set found = run_query(
        "select " ~ counts | join(", ") ~ " from " ~ table.relation
    ).rows[0] -%}
    {%- set cells = [] -%}
    {%- for header in table.headers -%}
        {%- if not loop.first and header and found[loop.index0] > 0
            and folded_header(header) not in columns_without_model() -%}
            {%- do cells.append(
                "{'model': " ~ sql_text(header) ~ ", 'text': c" ~ loop.index ~ "}"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    select
        file_number,
        source_file,
        board,
        shape,
        row_number,
        row_number as column_number,
        column_name,
        cell.model as model,
        cell.text as score_text,
        cast(null as string) as stated_unit,
        source
    from (
        select
            {{ file_columns(file, "wide, models in columns") }},
            row_number,
            {{ folded_name("coalesce(c1, '')") }} as column_name,
            {{ shipped_source(file) }} as source,
            unnest([{{ cells | join(", ") }}]) as cell
        from {{ table.relation }}
    )
{%- endmacro %}

{% macro columns_without_model() %}
    {% do return([
        "average", "avg", "mean", "median", "rank", "shots", "# shots", "#shots", "n", "size",
        "count", "weight", "chance", "random", "human", "metric", "unit", "category", "year",
    ]) %}
{% endmacro %}
