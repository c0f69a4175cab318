{% macro sql_error(query) %}
    {{- return(adapter.dispatch("sql_error", "zebra")(query)) -}}
{% endmacro %}

{# Where a database cannot check a query without running it, the build itself will. #}
{% macro default__sql_error(query) %} {% do return("") %} {% endmacro %}

{% macro duckdb__sql_error(query) %}
    {% do return(
        run_query(
            "select coalesce(rtrim(split_part(json_extract_string(json_serialize_plan("
            ~ sql_text(query)
            ~ "), '$.error_message'), chr(10), 1), '.! '), '')"
        ).columns[0].values()[0]
    ) %}
{% endmacro %}

{% macro volatile_functions(text) %}
    {{- return(adapter.dispatch("volatile_functions", "zebra")(text)) -}}
{% endmacro %}

{% macro duckdb__volatile_functions(text) %}
    {% set called = modules.re.findall("([a-z_]\\w*)\\s*\\(", text | lower) %}
    {% if not called %} {% do return([]) %} {% endif %}
    {% do return(
        run_query(
            "select distinct function_name from duckdb_functions() where stability <> 'CONSISTENT'"
            ~ " and function_name in ('" ~ called | join("', '") ~ "') order by 1"
        ).columns[0].values()
    ) %}
{% endmacro %}
