{% macro response_fields() %}
    {% do return(
        {
            "model": {
                "names": ["model", "generator", "model_name", "model_id"],
                "or_file_name": true,
            },
            "response": {
                "names": ["response", "output", "completion", "generation", "answer"]
            },
            "source": {"names": ["source", "dataset"], "optional": true},
            "score": {"names": ["score", "rating"], "optional": true},
        }
    ) %}
{% endmacro %}

{% macro pair_fields() %}
    {% do return(
        {
            "chosen_model": {"names": ["chosen_model", "chosen-model"]},
            "rejected_model": {"names": ["rejected_model", "rejected-model"]},
            "chosen_score": {
                "names": ["score_chosen", "chosen_score", "chosen-rating"], "optional": true
            },
            "rejected_score": {
                "names": ["score_rejected", "rejected_score", "rejected-rating"],
                "optional": true,
            },
            "source": {"names": ["source", "dataset"], "optional": true},
        }
    ) %}
{% endmacro %}

{% macro columns_of_field(field, columns) %}
    {# Lists are told from texts: the same name can hold a text in one shape, turns in another. #}
    {% set wants_list = "type" in field %}
    {% set present = field.names | select("in", columns) | list %}
    {% set fitting = [] %}
    {% for name in present if (columns[name] or false) == wants_list %}
        {% do fitting.append(name) %}
    {% endfor %}
    {# A shape that the user named is taken at its word. #}
    {% if not fitting and not field.optional and var("responses_format") != "auto" %}
        {% do return(present) %}
    {% endif %}
    {% do return(fitting) %}
{% endmacro %}

{% macro columns_a_shape_lacks(shape, columns) %}
    {% set lacking = [] %}
    {% for field in shape.fields.values() if not field.optional and not field.or_file_name %}
        {% if columns_of_field(field, columns) | length == 0 %}
            {% do lacking.append(
                field.names | join(" or ") ~ (" (a list)" if "type" in field else "")
            ) %}
        {% endif %}
    {% endfor %}
    {% do return(lacking) %}
{% endmacro %}

{% macro mapped_columns(shape, columns, source_file) %}
    {% set pairs = [] %}
    {% for name, field in shape.fields.items() %}
        {% set present = columns_of_field(field, columns) %}
        {% if present %} {% do pairs.append(name ~ " <- " ~ present | join(" or ")) %}
        {% elif field.or_file_name %} {% do pairs.append(name ~ " <- the file's name") %}
        {% endif %}
    {% endfor %}
    {% do return(pairs | join(", ")) %}
{% endmacro %}

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

{% macro _duckdb_type(type) %}
    {% if type is string %} {% do return(type) %} {% endif %}
    {% if type is not mapping %} {% do return(_duckdb_type(type[0]) ~ "[]") %} {% endif %}
    {% set members = [] %}
    {% for name, member in type.items() %}
        {% do members.append(adapter.quote(name) ~ " " ~ _duckdb_type(member)) %}
    {% endfor %}
    {% do return("STRUCT(" ~ members | join(", ") ~ ")") %}
{% endmacro %}
