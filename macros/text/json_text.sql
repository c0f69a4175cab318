{% macro json_text(value, key) %}
    {{- return(adapter.dispatch("json_text", "zebra")(value, key)) -}}
{% endmacro %}

{% macro duckdb__json_text(value, key) -%}
    case
        when json_valid({{ value }}) then json_extract_string({{ value }}, '$.{{ key }}')
    end
{%- endmacro %}
