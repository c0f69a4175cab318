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
