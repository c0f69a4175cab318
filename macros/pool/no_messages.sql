{% macro no_messages() %} {{- return(adapter.dispatch("no_messages", "zebra")()) -}} {% endmacro %}

{% macro duckdb__no_messages() -%}
    cast(null as struct(role string, content string)[])
{%- endmacro %}
