{# Leaderboards as Spark reads them: those that ship, and CSV files, long or wide. #}
{% macro spark__leaderboard_files() %}
    {% set files = [] %}
    {% set seen = [] %}
    {% for entry in leaderboard_entries() %}
        {% set path = path_with_files("leaderboard", leaderboard_path(entry)) %}
        {% for found in run_query(
            "select source_file from (" ~ files_at(path) ~ ") order by source_file"
        ).columns[0].values() if found not in seen %}
            {% do seen.append(found) %}
            {% do files.append({
                "number": files | length + 1,
                "source_file": found,
                "board": file_name(entry if entry in shipped_leaderboards() else found),
            }) %}
        {% endfor %}
    {% endfor %}
    {% do return(files) %}
{% endmacro %}

{% macro spark__json_leaderboard_shapes(files) %} {% do return({}) %} {% endmacro %}

{% macro spark__leaderboard_table(source_file) %}
    {% if leaderboard_file_kind(source_file) != "separated" %}
        {% do only_on_duckdb(
            "var leaderboard: " ~ source_file ~ ", which is no CSV file,", "write it as CSV"
        ) %}
    {% endif %}
    {% set dialect = csv_dialect({"path": source_file, "kind": "csv"}) %}
    {% set names = [] %}
    {% for header in dialect.columns %} {% do names.append("c" ~ loop.index) %} {% endfor %}
    {% do return({
        "relation": "(select " ~ place_of_row() ~ " as row_number, * from "
        ~ csv_file(source_file, dialect.separator, dialect.escape) ~ " as leaderboard_file ("
        ~ names | join(", ") ~ "))",
        "headers": dialect.columns,
        "titles": [],
    }) %}
{% endmacro %}

{% macro spark__wide_cells(file, table, model) -%}
    {%- set cells = [] -%}
    {%- for header in table.headers -%}
        {%- if loop.index != model -%}
            {%- do cells.append(
                "named_struct('number', " ~ loop.index ~ ", 'name', " ~ sql_text(header)
                ~ ", 'text', c" ~ loop.index ~ ")"
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
            explode(array({{ cells | join(", ") }})) as cell
        from {{ table.relation }}
        -- a header once more among the lines is a header
        where coalesce(trim(c{{ model }}), '') <> {{ sql_text(table.headers[model - 1] or " ") }}
    ) as wide_cells
{%- endmacro %}

{% macro spark__turned_cells(file, table) %}
    {% do return(only_on_duckdb(
        "var leaderboard: " ~ file.source_file ~ ", which has its models in columns,",
        "write a line for each model"
    )) %}
{% endmacro %}

{% macro spark__lm_eval_cells(files) %} {% do return("") %} {% endmacro %}

{% macro spark__every_eval_ever_cells(files) %} {% do return("") %} {% endmacro %}

{% macro spark__shipped_file(leaderboard) -%} {{ csv_file(leaderboard_path(leaderboard)) }} {%- endmacro %}

{% macro spark__read_wide_leaderboard(leaderboard) -%}
    {%- set path = leaderboard_path(leaderboard) -%}
    {%- set benchmarks = [] -%}
    {%- if execute -%}
        {%- for name in csv_dialect({"path": path, "kind": "csv"}).columns if name != "model" -%}
            {%- do benchmarks.append(adapter.quote(name)) -%}
        {%- endfor -%}
    {%- endif -%}
    select
        {{ sql_text(leaderboard) }} as leaderboard,
        {{ sql_text(path) }} as source_file,
        row_number,
        model,
        benchmark,
        score_text,
        {{ sql_text(shipped_leaderboards()[leaderboard]) }} as source
    from (
        select
            {{ place_of_row() }} as row_number,
            *
        from {{ shipped_file(leaderboard) }}
    ) unpivot (score_text for benchmark in ({{ benchmarks | join(", ") }}))
{%- endmacro %}

{% macro spark__json_objects(source_files) %} {% do return("") %} {% endmacro %}
