{% macro folded(text) %} {{- return(adapter.dispatch("folded", "zebra")(text)) -}} {% endmacro %}

{% macro default__folded(text) -%}
    regexp_replace(lower({{ trimmed(text) }}), '[ \t\n\v\f\r]+', ' ')
{%- endmacro %}

{% macro duckdb__folded(text) -%}
    regexp_replace(lower({{ trimmed(text) }}), '[ \t\n\v\f\r]+', ' ', 'g')
{%- endmacro %}
