{% macro hash_number(text) %}
    {{- return(adapter.dispatch("hash_number", "zebra")(text)) -}}
{% endmacro %}

{% macro default__hash_number(text) -%}
    cast(conv(left(md5({{ text }}), 8), 16, 10) as bigint)
{%- endmacro %}

{% macro duckdb__hash_number(text) -%}
    cast('0x' || left(md5({{ text }}), 8) as bigint)
{%- endmacro %}
