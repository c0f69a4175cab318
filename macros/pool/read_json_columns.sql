{% macro read_json_columns(source_file, structure) %}
    {{- return(adapter.dispatch("read_json_columns", "zebra")(source_file, structure)) -}}
{% endmacro %}

{% macro duckdb__read_json_columns(source_file, structure) -%}
    {%- set columns = [] -%}
    {%- for name, type in structure.items() -%}
        {%- do columns.append(adapter.quote(name) ~ ": " ~ sql_text(_duckdb_type(type))) -%}
    {%- endfor -%}
    read_json(
                {{ sql_text(source_file) }}, {{ json_reading(source_file) }},
                columns = {{ "{" ~ columns | join(", ") ~ "}" }}
            )
{%- endmacro %}
