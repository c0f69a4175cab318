{% macro list_of_each(items, expression) %}
    {{- return(adapter.dispatch("list_of_each", "zebra")(items, expression)) -}}
{% endmacro %}

{% macro duckdb__list_of_each(items, expression) -%}
    list_transform({{ items }}, lambda item: {{ expression }})
{%- endmacro %}
