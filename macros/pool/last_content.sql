{% macro last_content(messages) %}
    {{- return(adapter.dispatch("last_content", "zebra")(messages)) -}}
{% endmacro %}

{% macro duckdb__last_content(messages) -%}
    {{ messages }}[-1].content
{%- endmacro %}
