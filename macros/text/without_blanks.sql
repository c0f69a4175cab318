{% macro without_blanks(text) %}
    {{- return(adapter.dispatch("without_blanks", "zebra")(text)) -}}
{% endmacro %}

{% macro default__without_blanks(text) -%}
    translate(lower({{ text }}), {{ sql_text(white_space()) }}, '')
{%- endmacro %}
