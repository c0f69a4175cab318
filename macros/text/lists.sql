{% macro list_of() %} {{- return(adapter.dispatch("list_of", "zebra")(*varargs)) -}} {% endmacro %}

{% macro duckdb__list_of() -%} [{{ varargs | join(", ") }}] {%- endmacro %}

{% macro list_of_each(items, expression) %}
    {{- return(adapter.dispatch("list_of_each", "zebra")(items, expression)) -}}
{% endmacro %}

{% macro duckdb__list_of_each(items, expression) -%}
    list_transform({{ items }}, lambda item: {{ expression }})
{%- endmacro %}

{% macro lists_in_one(first, second) %}
    {{- return(adapter.dispatch("lists_in_one", "zebra")(first, second)) -}}
{% endmacro %}

{% macro duckdb__lists_in_one(first, second) -%}
    list_concat({{ first }}, {{ second }})
{%- endmacro %}

{% macro joined_list(items, separator) %}
    {{- return(adapter.dispatch("joined_list", "zebra")(items, separator)) -}}
{% endmacro %}

{% macro duckdb__joined_list(items, separator) -%}
    array_to_string({{ items }}, {{ separator }})
{%- endmacro %}

{% macro sorted_list(value) %}
    {{- return(adapter.dispatch("sorted_list", "zebra")(value)) -}}
{% endmacro %}

{% macro default__sorted_list(value) -%} array_sort(array_agg({{ value }})) {%- endmacro %}
