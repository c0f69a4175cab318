{# The names by which columns are known, one list for each field. #}
{% macro field_names(field) %}
    {% do return(
        {
            "prompt": ["prompt", "instruction", "question", "input"],
            "addition": ["input", "context"],
            "system": ["system", "system_prompt"],
            "messages": ["messages", "prompt", "conversation", "conversations", "context"],
            "model": ["model", "generator", "model_name", "model_id", "response_model_name"],
            "response": ["response", "output", "completion", "generation", "answer"],
            "source": ["source", "dataset"],
            "score": ["score", "rating"],
            "chosen_model": ["chosen_model", "chosen-model"],
            "rejected_model": ["rejected_model", "rejected-model"],
            "chosen_score": [
                "score_chosen", "chosen_score", "chosen-rating", "chosen_rating"
            ],
            "rejected_score": [
                "score_rejected", "rejected_score", "rejected-rating", "rejected_rating"
            ],
        }[field]
    ) %}
{% endmacro %}

{# Texts that are part of a question beside its own column; a shape that has no use for one leaves
   it null. #}
{% macro prompt_fields() %}
    {% do return(
        {
            "prompt": {"names": field_names("prompt"), "type": "TEXT"},
            "addition": {"names": field_names("addition"), "type": "TEXT", "optional": true},
        }
    ) %}
{% endmacro %}

{% macro source_field() %}
    {% do return({"names": field_names("source"), "optional": true}) %}
{% endmacro %}

{% macro response_fields() %}
    {% do return(
        {
            "model": {"names": field_names("model"), "or_file_name": true},
            "response": {"names": field_names("response"), "type": "TEXT"},
            "source": source_field(),
            "score": {"names": field_names("score"), "optional": true},
        }
    ) %}
{% endmacro %}

{% macro pair_fields(type) %}
    {% do return(
        {
            "chosen_model": {"names": field_names("chosen_model")},
            "rejected_model": {"names": field_names("rejected_model")},
            "chosen": {"names": ["chosen"], "type": type},
            "rejected": {"names": ["rejected"], "type": type},
            "chosen_score": {"names": field_names("chosen_score"), "optional": true},
            "rejected_score": {"names": field_names("rejected_score"), "optional": true},
            "source": source_field(),
        }
    ) %}
{% endmacro %}

{% macro column_fits(type, column) %}
    {# Lists are told from texts: the same name can hold a text in one shape, turns in another. #}
    {% set item = "NULL" %}
    {% if not column.is_list %} {% do return(type in ["VARCHAR", "TEXT", "TURNS"]) %}
    {% elif column.structure is not string and column.structure | length > 0 %}
        {% set item = column.structure[0] %}
    {% endif %}
    {% if type == "VARCHAR" %} {% do return(false) %}
    {% elif item in ["NULL", "JSON"] %} {% do return(type not in ["TEXT", "TURNS"]) %}
    {% elif item is string %}
        {# A list of one text is that text. #}
        {% do return(
            type in ["TURNS", ["TEXT"], ["VARCHAR"]]
            or (type == "TEXT" and (column.is_encoded or column.most_items == 1))
        ) %}
    {% elif item is not mapping %} {% do return(type is not string) %}
    {% elif "role" in item or "from" in item %} {% do return(type == "MESSAGES") %}
    {% elif "type" in item and "text" in item %}
        {% do return(type in ["TEXT", "TURNS", ["TEXT"]]) %}
    {% endif %}
    {% do return(type not in ["TEXT", "MESSAGES", ["VARCHAR"]]) %}
{% endmacro %}

{% macro columns_of_field(field, columns) %}
    {% set in_small_letters = {} %}
    {% for column in columns %}
        {% do in_small_letters.update({column | lower: column}) %}
    {% endfor %}
    {% set present = [] %}
    {% set fitting = [] %}
    {% for name in field.names if name in in_small_letters %}
        {% set column = name if name in columns else in_small_letters[name] %}
        {% if column not in present %}
            {% do present.append(column) %}
            {% if column_fits(field.get("type", "VARCHAR"), columns[column]) %}
                {% do fitting.append(column) %}
            {% endif %}
        {% endif %}
    {% endfor %}
    {# A shape that the user named is taken at its word. #}
    {% if not fitting and not field.optional and var("responses_format") != "auto" %}
        {% do return(present) %}
    {% endif %}
    {% do return(fitting) %}
{% endmacro %}

{% macro columns_of_shape(shape, columns) %}
    {# By field; an addition to a prompt is no prompt, and the other way round. #}
    {% set found = {} %}
    {% set names = columns | map("lower") | list %}
    {% for name, field in shape.fields.items() %}
        {# Most fields of most shapes have none: that is seen without a call. #}
        {% set here = field.names | select("in", names) | list %}
        {% do found.update({name: columns_of_field(field, columns) if here else []}) %}
    {% endfor %}
    {% if "addition" in found %}
        {% set questions = [] %}
        {% for column in found.prompt if column | lower != "input" %}
            {% do questions.append(column) %}
        {% endfor %}
        {% if questions %} {% do found.update({"prompt": questions}) %} {% endif %}
        {% set additions = [] %}
        {% for column in found.addition if column not in found.prompt %}
            {% do additions.append(column) %}
        {% endfor %}
        {% do found.update({"addition": additions}) %}
    {% endif %}
    {% do return(found) %}
{% endmacro %}

{% macro columns_a_shape_lacks(shape, columns) %}
    {# Models first: without them nothing can be done. #}
    {% set lacking = [] %}
    {% set of_models = [] %}
    {% set found = columns_of_shape(shape, columns) %}
    {% for name, field in shape.fields.items()
        if not field.optional and not field.or_file_name and not found[name] %}
        {% do (of_models if "model" in name else lacking).append(field) %}
    {% endfor %}
    {% for fields in shape.get("one_of", []) %}
        {% set present = [] %}
        {% for name in fields %} {% do present.extend(found[name]) %} {% endfor %}
        {% if not present %} {% do lacking.append(shape.fields[fields[0]]) %} {% endif %}
    {% endfor %}
    {% do return(of_models + lacking) %}
{% endmacro %}

{# At most ten names in all. #}
{% macro fields_in_words(fields) %}
    {% set words = [] %}
    {% set number = [2, 10 // (fields | length)] | max %}
    {% for field in fields[:5] %}
        {% set is_list = field.get("type", "VARCHAR") not in ["VARCHAR", "TEXT", "TURNS"] %}
        {% do words.append(
            field.names[:number] | join(" or ") ~ (" (a list)" if is_list else "")
        ) %}
    {% endfor %}
    {% do return(words | join(", and ")) %}
{% endmacro %}

{% macro mapped_columns(file, shape) %}
    {% set pairs = [] %}
    {% set used = [] %}
    {% for name, present in columns_of_shape(shape, file.columns).items() %}
        {% do used.extend(present) %}
        {% if present %}
            {% set words = [] %}
            {% for column in present %}
                {# As the file has it, where responses_columns named it. #}
                {% do words.append(file.mapping.get(column, column)) %}
            {% endfor %}
            {% do pairs.append(name ~ " <- " ~ words | join(" or ")) %}
        {% elif shape.fields[name].or_file_name or name == "source" %}
            {% set partition = partition_of_field(shape.fields[name], file) %}
            {% if partition %}
                {% do pairs.append(name ~ " <- the folder " ~ partition | join("=")) %}
            {% elif name != "source" %} {% do pairs.append(name ~ " <- the file's name") %}
            {% endif %}
        {% endif %}
    {% endfor %}
    {% for expression in file.mapping.values() %}
        {% do used.extend(
            [expression] if expression in file.own_columns else words_of(expression)
        ) %}
    {% endfor %}
    {% set unread = [] %}
    {% for column in file.own_columns
        if column not in used and column | lower in names_that_are_said_if_unread() %}
        {% do unread.append(column) %}
    {% endfor %}
    {% do return(
        pairs | join(", ") ~ ("; not read: " ~ unread | join(", ") if unread else "")
    ) %}
{% endmacro %}

{# What may be part of a question, or a verdict on an answer. #}
{% macro names_that_are_said_if_unread() %}
    {% do return(
        field_names("prompt") + field_names("addition") + field_names("system") + [
            "custom_system_prompt", "normal_worker_annotations", "expert_worker_annotations",
            "overall_preference", "individual_preference", "better_response_id",
            "safer_response_id",
        ]
    ) %}
{% endmacro %}

{% macro partition_of_field(field, file) %}
    {% for name in field.names if name in file.partitions %}
        {% do return([name, file.partitions[name]]) %}
    {% endfor %}
    {% do return(none) %}
{% endmacro %}

{# Whether a file's texts have to be looked at value by value, for what they are differs. #}
{% macro looks_at_values(file, shape) %}
    {% if file.mapped or file.make in ["lists", "maps", "keyed", "lines_after_mark"] %}
        {% do return(true) %}
    {% endif %}
    {% for name, present in columns_of_shape(shape, file.columns).items() %}
        {% set type = shape.fields[name].get("type", "VARCHAR") %}
        {% for column in present %}
            {% if not is_plain(type, file.columns[column].structure)
                or is_encoded_field(file, shape, name, column) %}
                {% do return(true) %}
            {% endif %}
        {% endfor %}
    {% endfor %}
    {% do return(false) %}
{% endmacro %}

{# An answer can be JSON; only where each question is, too, is that how the file holds texts. #}
{% macro is_encoded_field(file, shape, name, column) %}
    {% set type = shape.fields[name].get("type", "VARCHAR") %}
    {% if type not in ["TEXT", "TURNS"] %} {% do return(file.columns[column].is_encoded) %}
    {% elif "prompt" not in shape.fields %} {% do return(false) %}
    {% endif %}
    {% for asked in columns_of_shape(shape, file.columns).prompt %}
        {% set structure = file.columns[asked].structure %}
        {% if file.columns[asked].is_encoded and structure is not mapping %}
            {% do return(true) %}
        {% endif %}
    {% endfor %}
    {% do return(false) %}
{% endmacro %}

{% macro pool_field(name, file, shape, looks) %}
    {{- return(adapter.dispatch("pool_field", "zebra")(name, file, shape, looks)) -}}
{% endmacro %}

{% macro duckdb__pool_field(name, file, shape, looks) -%}
    {%- set field = shape.fields[name] -%}
    {%- set type = field.get("type", "VARCHAR") -%}
    {%- set is_json = file.make and not file.mapped -%}
    {%- set values = [] -%}
    {%- for column in columns_of_shape(shape, file.columns)[name] -%}
        {%- set value = adapter.quote(column) -%}
        {%- if looks -%}
            {%- set value = ("record." ~ value) if is_json else ("to_json(" ~ value ~ ")") -%}
            {%- do values.append(
                plain_value(value, type, is_encoded_field(file, shape, name, column))
            ) -%}
        {%- elif is_json and type == "TURNS" -%} {%- do values.append("[" ~ value ~ "]") -%}
        {%- elif is_json -%} {%- do values.append(value) -%}
        {%- elif type == "TURNS" -%} {%- do values.append("[cast(" ~ value ~ " as string)]") -%}
        {%- elif type in ["VARCHAR", "TEXT"] -%}
            {%- do values.append("cast(" ~ value ~ " as string)") -%}
        {%- else -%}
            {%- do values.append(
                "from_json(to_json(" ~ value ~ "), " ~ sql_text(tojson(_json_structure(type))) ~ ")"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not values -%} {%- do values.extend(values_of_path(name, field, file)) -%} {%- endif -%}
    {%- if not values -%}
        cast(null as {{ "VARCHAR[]" if type == "TURNS" else _duckdb_type(type) }})
    {%- elif values | length == 1 -%} {{ values[0] }}
    {%- else -%} coalesce({{ values | join(", ") }})
    {%- endif -%}
{%- endmacro %}

{# What a file's folder or name says of a field without a column. #}
{% macro values_of_path(name, field, file) %}
    {% if not field.or_file_name and name != "source" %} {% do return([]) %} {% endif %}
    {% set partition = partition_of_field(field, file) %}
    {% if partition %} {% do return([sql_text(partition[1])]) %} {% endif %}
    {% do return([sql_text(file_stem(file.path))] if field.or_file_name else []) %}
{% endmacro %}

{% macro pool_fields(file, shape, only_rows=none) %}
    {{- return(adapter.dispatch("pool_fields", "zebra")(file, shape, only_rows)) -}}
{% endmacro %}

{% macro duckdb__pool_fields(file, shape, only_rows) -%}
    {%- set is_json = file.make and not file.mapped -%}
    {%- set looks = only_rows is not none or looks_at_values(file, shape) -%}
    {%- set structure = {} -%}
    {%- for name, present in columns_of_shape(shape, file.columns).items() -%}
        {%- for column in present -%}
            {%- do structure.update({column: shape.fields[name].get("type", "VARCHAR")}) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- set unread = [] -%}
    {%- for column in structure -%}
        {%- do unread.append(
            ("record." if looks and is_json else "") ~ adapter.quote(column) ~ " is null"
        ) -%}
    {%- endfor -%}
        select
            row_number,
            {% if is_json and looks -%}
            case when json is null then null else false end as is_malformed,
            {%- elif file.make and unread -%}
            -- not known yet where nothing was read: look_at_unread_records tells
            case when {{ unread | join(" and ") }} then null else false end as is_malformed,
            {%- elif file.make -%}
            -- a file without a good record has no columns
            cast(null as boolean) as is_malformed,
            {%- else -%}
            false as is_malformed,
            {%- endif -%}
            {%- for name in shape.fields %}
            {{ pool_field(name, file, shape, looks) }} as {{ name }}{{ "," if not loop.last }}
            {%- endfor %}
        from (
            {%- if is_json and looks %}
            select
                row_number,
                json,
                {%- set members = {} -%}
                {%- for column in structure %}
                    {%- do members.update({column: "JSON"}) -%}
                {%- endfor %}
                from_json(json, {{ sql_text(tojson(members or {"none": "JSON"})) }}) as record
            from (
                select
                    row_number() over () as row_number,
                    json
                from {{ pool_file_records(file) }}
            )
            {%- if only_rows %}
            where row_number in ({{ only_rows }})
            {%- endif %}
            {%- else %}
            select
                row_number() over () as row_number,
                *
            from {% if is_json -%} {{ read_json_columns(file, structure or {"none": "VARCHAR"}) }}
            {%- else -%} {{ pool_file_relation(file) }}
            {%- endif %}
            {%- endif %}
        )
{%- endmacro %}
