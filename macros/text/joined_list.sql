{% macro joined_list(items, separator) %}
    {{- return(adapter.dispatch("joined_list", "zebra")(items, separator)) -}}
{% endmacro %}

{% macro duckdb__joined_list(items, separator) -%}
    array_to_string({{ items }}, {{ separator }})
{%- endmacro %}
