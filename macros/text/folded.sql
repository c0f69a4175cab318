{% macro folded(text) %} {{- return(adapter.dispatch("folded", "zebra")(text)) -}} {% endmacro %}

{% macro duckdb__folded(text) -%}
    {#- A single blank is no match: to replace each by itself takes most of the time. -#}
    regexp_replace(
        lower({{ trimmed(text) }}), '[\t\n\v\f\r][ \t\n\v\f\r]*| [ \t\n\v\f\r]+', ' ', 'g'
    )
{%- endmacro %}
