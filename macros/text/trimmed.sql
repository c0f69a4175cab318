{% macro trimmed(text) %} {{- return(adapter.dispatch("trimmed", "zebra")(text)) -}} {% endmacro %}

{% macro duckdb__trimmed(text) -%}
    trim({{ text }}, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13))
{%- endmacro %}
