{% macro pool_fields(source_file, shape, columns) %}
    {{- return(adapter.dispatch("pool_fields", "zebra")(source_file, shape, columns)) -}}
{% endmacro %}

{% macro duckdb__pool_fields(source_file, shape, columns) -%}
    {%- if pool_file_kind(source_file) in ["json", "jsonl"] -%}
        {%- set structure = {} -%}
        {%- for field in shape.fields.values() -%}
            {%- for name in field.names -%}
                {%- do structure.update({name: field.get("type", "VARCHAR")}) -%}
            {%- endfor -%}
        {%- endfor -%}
        select
            row_number,
            json is null as is_malformed,
            {%- for name, field in shape.fields.items() %}
            coalesce(
                {%- for column in field.names -%}
                    record.{{ adapter.quote(column) }} {{- ", " if not loop.last -}}
                {%- endfor -%}
            ) as {{ name }},
            {%- endfor %}
        from (
            select
                row_number,
                json,
                from_json(json, {{ sql_text(structure | tojson) }}) as record,
            from (select row_number() over () as row_number, json from {{ pool_file_relation(source_file) }})
        )
    {%- else -%}
        select
            row_number() over () as row_number,
            false as is_malformed,
            {%- for name, field in shape.fields.items() %}
            {{ _typed_column(field, columns) }} as {{ name }},
            {%- endfor %}
        from {{ pool_file_relation(source_file) }}
    {%- endif -%}
{%- endmacro %}

{% macro _typed_column(field, columns) -%}
    {%- set present = field.names | select("in", columns) | map("tojson") | list -%}
    {%- set value = "coalesce(" ~ present | join(", ") ~ ")" if present else "null" -%}
    {%- if "type" in field -%} from_json(to_json({{ value }}), {{ sql_text(field.type | tojson) }})
    {%- else -%} cast({{ value }} as varchar)
    {%- endif -%}
{%- endmacro %}
