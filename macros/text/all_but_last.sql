{% macro all_but_last(items) %}
    {{- return(adapter.dispatch("all_but_last", "zebra")(items)) -}}
{% endmacro %}

{% macro duckdb__all_but_last(items) -%}
    {{ items }}[:-2]
{%- endmacro %}
