{% macro trimmed(text) %} {{- return(adapter.dispatch("trimmed", "zebra")(text)) -}} {% endmacro %}

{% macro duckdb__trimmed(text) -%}
    {#- Trimming is slow, and there is nearly always nothing to trim. -#}
    {%- set blanks = sql_text(white_space()) -%}
    case
        when
            contains({{ blanks }}, left({{ text }}, 1))
            or contains({{ blanks }}, substr({{ text }}, length({{ text }}), 1))
            then trim({{ text }}, {{ blanks }})
        else {{ text }}
    end
{%- endmacro %}
