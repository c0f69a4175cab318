{% macro list_of(item) %} {{- return(adapter.dispatch("list_of", "zebra")(item)) -}} {% endmacro %}

{% macro duckdb__list_of(item) -%} [{{ item }}] {%- endmacro %}
