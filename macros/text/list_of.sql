{% macro list_of() %} {{- return(adapter.dispatch("list_of", "zebra")(*varargs)) -}} {% endmacro %}

{% macro duckdb__list_of() -%} [{{ varargs | join(", ") }}] {%- endmacro %}
