{% macro white_space() %}
    {# What Python's strip() takes, and so what chat templates and trainers do not see. #}
    {% do return(
        " \t\n\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
        ~ "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
    ) %}
{% endmacro %}

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

{% macro spark__trimmed(text) -%}
    trim(both {{ sql_text(white_space()) }} from {{ text }})
{%- endmacro %}

{% macro without_blanks(text) %}
    {{- return(adapter.dispatch("without_blanks", "zebra")(text)) -}}
{% endmacro %}

{% macro default__without_blanks(text) -%}
    translate({{ lowered(text) }}, {{ sql_text(white_space()) }}, '')
{%- endmacro %}

{% macro folded(text) %} {{- return(adapter.dispatch("folded", "zebra")(text)) -}} {% endmacro %}

{% macro duckdb__folded(text) -%}
    {#- A single blank is no match: to replace each by itself takes most of the time. -#}
    {%- set others = white_space()[1:] -%}
    regexp_replace(
        lower({{ trimmed(text) }}),
        {{ sql_text("[" ~ others ~ "][ " ~ others ~ "]*| [ " ~ others ~ "]+") }}, ' ', 'g'
    )
{%- endmacro %}

{% macro spark__folded(text) -%}
    {%- set others = white_space()[1:] -%}
    {{ with_replaced(
        lowered(trimmed(text)), "[" ~ others ~ "][ " ~ others ~ "]*| [ " ~ others ~ "]+", " "
    ) }}
{%- endmacro %}
