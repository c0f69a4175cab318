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
    {#- A file without a good record has no columns, and DuckDB reads none at all. -#}
    {%- if not structure -%} {%- do structure.update({"none": "VARCHAR"}) -%} {%- endif -%}
    {%- set unread = [] -%}
    {%- for name in structure -%}
        {%- do unread.append(adapter.quote(name) ~ " is null") -%}
    {%- endfor -%}
        select
            row_number,
            {% if is_json -%}
            -- not known yet where nothing was read: look_at_unread_records tells
            case when {{ unread | join(" and ") }} then null else false end as is_malformed,
            {%- else -%}
            false as is_malformed,
            {%- endif -%}
            {%- for name, field in shape.fields.items() %}
            {{ pool_field(field, columns, is_json, source_file) }} as {{ name }}{{ "," if not loop.last }}
            {%- endfor %}
        from (
            select
                row_number() over () as row_number,
                *
            from {% if is_json -%} {{ read_json_columns(source_file, structure) }}
            {%- else -%} {{ pool_file_relation(source_file) }}
            {%- endif %}
        )
{%- endmacro %}
