{# One record per model: a column of names, a column for each benchmark and for whatever else. #}
{% macro wide_cells(file, table, model) -%}
    {%- set cells = [] -%}
    {%- for header in table.headers -%}
        {%- if loop.index != model -%}
            {%- do cells.append({"number": loop.index, "name": header}) -%}
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
            {{ each_of_cells(cells) }} as cell
        from {{ table.relation }}
        -- a header once more among the lines is a header
        where coalesce(trim(c{{ model }}), '') <> {{ sql_text(table.headers[model - 1] or " ") }}
    ) as wide_cells
{%- endmacro %}

{# A row for each: number and name of the column, and its text. #}
{% macro each_of_cells(cells) %}
    {{- return(adapter.dispatch("each_of_cells", "zebra")(cells)) -}}
{% endmacro %}

{% macro duckdb__each_of_cells(cells) -%}
    unnest([
        {%- for cell in cells %}
        struct_pack(
            number := {{ cell.number }}, name := {{ sql_text(cell.name) }}, text := c{{ cell.number }}
        )
        {{- "," if not loop.last }}
        {%- endfor %}
    ])
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
    {# Nearly always a header is a benchmark, and then the rows need not be read. #}
    {% if has_benchmark_among("(values " ~ texts | join(", ") ~ ") as headers (written_name)") %}
        {% do return(false) %}
    {% endif %}
    {% do return(has_benchmark_among(
        "(select c1 as written_name from " ~ table.relation ~ ") as first_column"
    )) %}
{% endmacro %}

{% macro has_benchmark_among(names) %}
    {% set known = "(select name_key from " ~ ref("stg_benchmark_names") ~ " where not is_part)" %}
    {% do return(
        run_query(
            "select count(*) > 0 from " ~ names ~ " where "
            ~ benchmark_name_key("written_name") ~ " in " ~ known ~ " or "
            ~ benchmark_name_key(without_measure("written_name")) ~ " in " ~ known
        ).columns[0].values()[0]
    ) %}
{% endmacro %}

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
    {%- set read = [1] -%}
    {%- for header in table.headers -%}
        {%- if not loop.first and header and found[loop.index0] > 0
            and folded_header(header) not in columns_without_model() -%}
            {%- do read.append(loop.index) -%}
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
    {{- columns_not_read(file, "wide, models in columns", table.headers, read) }}
{%- endmacro %}

{% macro columns_without_model() %}
    {% do return([
        "average", "avg", "mean", "median", "rank", "shots", "# shots", "#shots", "n", "size",
        "count", "weight", "chance", "random", "human", "metric", "unit", "category", "year",
    ]) %}
{% endmacro %}
