{% macro message(role, content) %}
    {{- return(adapter.dispatch("message", "zebra")(role, content)) -}}
{% endmacro %}

{% macro duckdb__message(role, content) -%}
    {'role': {{ role }}, 'content': {{ content }}}
{%- endmacro %}
