{# Leaderboards as Spark reads them: those that ship, and CSV files, long or wide. #}
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

{% macro spark__each_of_cells(cells) -%}
    explode(array(
        {%- for cell in cells %}
        named_struct(
            'number', {{ cell.number }}, 'name', {{ sql_text(cell.name) }}, 'text', c{{ cell.number }}
        )
        {{- "," if not loop.last }}
        {%- endfor %}
    ))
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

{% macro spark__benchmark_columns(leaderboard) %}
    {% set columns = [] %}
    {% set dialect = csv_dialect({"path": leaderboard_path(leaderboard), "kind": "csv"}) %}
    {% for name in dialect.columns if name != "model" %}
        {% do columns.append(adapter.quote(name)) %}
    {% endfor %}
    {% do return(columns | join(", ")) %}
{% endmacro %}

{% macro spark__json_objects(source_files) %} {% do return("") %} {% endmacro %}
