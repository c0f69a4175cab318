{% macro json_reading(source_file) %}
    {{- return(adapter.dispatch("json_reading", "zebra")(source_file)) -}}
{% endmacro %}

{% macro duckdb__json_reading(source_file) -%}
    {#- Each thread holds twice this size; a larger record stops the build. -#}
    ignore_errors = true, maximum_object_size = 33554432,
                format = '{{ "newline_delimited" if pool_file_kind(source_file) == "jsonl"
                    else "auto" }}'
{%- endmacro %}
