{% macro pool_field(field, columns, is_typed, source_file) %}
    {{- return(adapter.dispatch("pool_field", "zebra")(field, columns, is_typed, source_file)) -}}
{% endmacro %}

{% macro duckdb__pool_field(field, columns, is_typed, source_file) -%}
    {%- set values = [] -%}
    {%- for name in columns_of_field(field, columns) -%}
        {%- set value = adapter.quote(name) -%}
        {%- if is_typed -%} {%- do values.append(value) -%}
        {%- elif "type" in field -%}
            {%- do values.append(
                "from_json(to_json(" ~ value ~ "), " ~ sql_text(tojson(field.type)) ~ ")"
            ) -%}
        {%- else -%} {%- do values.append("cast(" ~ value ~ " as string)") -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not values and field.or_file_name -%}
        {%- do values.append(sql_text(file_stem(source_file))) -%}
    {%- endif -%}
    {%- if not values and "type" in field -%}
        cast(null as {{ _duckdb_type(field.type) }})
    {%- elif not values -%} cast(null as string)
    {%- elif values | length == 1 -%} {{ values[0] }}
    {%- else -%} coalesce({{ values | join(", ") }})
    {%- endif -%}
{%- endmacro %}
