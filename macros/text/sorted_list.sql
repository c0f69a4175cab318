{% macro sorted_list(value) %}
    {{- return(adapter.dispatch("sorted_list", "zebra")(value)) -}}
{% endmacro %}

{% macro default__sorted_list(value) -%} array_sort(array_agg({{ value }})) {%- endmacro %}
