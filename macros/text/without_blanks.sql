{% macro without_blanks(text) %}
    {{- return(adapter.dispatch("without_blanks", "zebra")(text)) -}}
{% endmacro %}

{% macro default__without_blanks(text) -%}
    translate(lower({{ text }}), ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13), '')
{%- endmacro %}
