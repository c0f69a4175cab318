{% macro pool_fields(source_file, shape, columns) %}
    {{- return(adapter.dispatch("pool_fields", "zebra")(source_file, shape, columns)) -}}
{% endmacro %}

{% macro duckdb__pool_fields(source_file, shape, columns) -%}
    {%- set is_json = pool_file_kind(source_file) in ["json", "jsonl"] -%}
    {%- set structure = {} -%}
    {%- for field in shape.fields.values() -%}
        {%- for name in columns_of_field(field, columns) -%}
            {%- do structure.update({name: field.get("type", "VARCHAR")}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {#- A file without a good record has no columns, and DuckDB no empty structure. -#}
    {%- if not structure -%} {%- do structure.update({"none": "VARCHAR"}) -%} {%- endif -%}
        select
            row_number,
            is_malformed,
            {%- for name, field in shape.fields.items() %}
            {%- set prefix = "record." if is_json else "" %}
            {{ pool_field(field, columns, prefix, source_file) }} as {{ name }},
            {%- endfor %}
        from (
            select
                row_number() over () as row_number,
                {%- if is_json %}
                json is null as is_malformed,
                from_json(json, {{ sql_text(tojson(structure)) }}) as record,
                {%- else %}
                false as is_malformed,
                *
                {%- endif %}
            from {{ pool_file_relation(source_file) }}
        )
{%- endmacro %}
