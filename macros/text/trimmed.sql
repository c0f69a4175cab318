{% macro trimmed(text) %} {{- return(adapter.dispatch("trimmed", "zebra")(text)) -}} {% endmacro %}

{% macro duckdb__trimmed(text) -%}
    {#- Trimming is slow, and there is nearly always nothing to trim. -#}
    case
        when left({{ text }}, 1) <= ' ' or substr({{ text }}, length({{ text }}), 1) <= ' '
            then trim({{ text }}, ' ' || chr(9) || chr(10) || chr(11) || chr(12) || chr(13))
        else {{ text }}
    end
{%- endmacro %}
