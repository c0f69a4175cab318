{% macro folded(text) %} {{- return(adapter.dispatch("folded", "zebra")(text)) -}} {% endmacro %}

{% macro duckdb__folded(text) -%}
    {#- A single blank is no match: to replace each by itself takes most of the time. -#}
    {%- set others = white_space()[1:] -%}
    regexp_replace(
        lower({{ trimmed(text) }}),
        {{ sql_text("[" ~ others ~ "][ " ~ others ~ "]*| [ " ~ others ~ "]+") }}, ' ', 'g'
    )
{%- endmacro %}
