{# The pool as Spark reads it: a record is a map of variants, and each value is looked at. #}
{% macro shapes_on_spark() %}
    {% do return(["flat", "conversation", "ultrafeedback", "parallel"]) %}
{% endmacro %}

{# Not looked at: a pool is read in full each time. #}
{% macro spark__state_of_table(table) -%} '' {%- endmacro %}

{% macro spark__forget_stale_pool_files(stored, listed) %} {% do return("") %} {% endmacro %}

{% macro spark__look_at_unread_records(stored) %} {% do return("") %} {% endmacro %}

{% macro spark__note_pool(stored) %} {% do return("") %} {% endmacro %}

{# Lines as they stand, without the blank ones and without a byte-order mark. #}
{% macro lines_on_spark(file) -%}
    (
        select trim(leading {{ sql_text("\ufeff") }} from value) as line
        from text.`{{ file.path }}`
        where {{ trimmed("value") }} <> ''
    )
{%- endmacro %}

{% macro spark__first_lines(file) %}
    {% do return(
        run_query(
            "select line, " ~ is_json_record("line") ~ " from " ~ lines_on_spark(file)
            ~ " limit 100"
        ).rows
    ) %}
{% endmacro %}

{% macro spark__first_bytes_of_file(path) %} {% do return("") %} {% endmacro %}

{% macro spark__members_of_single_object(file) -%}
    select cast(null as string), cast(null as string), cast(null as bigint), cast(null as string)
    where false
{%- endmacro %}

{# As the one item of a list a record can be followed by nothing, which the parse alone allows. #}
{% macro is_json_record(line) -%}
    (coalesce(json_array_length('[' || {{ line }} || ']'), 0) = 1
    and try_parse_json({{ line }}) is not null)
{%- endmacro %}

{# Each record as it stands, null where it is no JSON. #}
{% macro spark__pool_file_records(file) -%}
    {%- if file.make != "lines" -%}
        {%- do only_on_duckdb(
            "var responses_path: " ~ file.path ~ ", which is not one JSON record to a line,",
            "write a record to a line, as in " ~ file_stem(file.path) ~ ".jsonl"
        ) -%}
    {%- endif -%}
    (
        select
            {{ place_of_row() }} as row_number,
            case when {{ is_json_record("line") }} then line end as json
        from {{ lines_on_spark(file) }}
    )
{%- endmacro %}

{% macro spark__pool_file_relation(file) -%}
    {%- if file.kind == "sample" -%} {{ ref("sample_responses") }}
    {%- elif file.kind == "table" -%} {{ file.path }}
    {%- elif file.kind == "parquet" -%} parquet.`{{ file.path }}`
    {%- elif file.dialect -%}
        {%- set names = [] -%}
        {%- for name in file.dialect.columns -%} {%- do names.append(adapter.quote(name)) -%}
        {%- endfor -%}
        {{ csv_file(file.path, file.dialect.separator, file.dialect.escape) }}
        as pool_file ({{ names | join(", ") }})
    {%- else -%} {{ pool_file_records(file) }}
    {%- endif -%}
{%- endmacro %}

{# row_number, is_malformed and record, which holds these columns: of a table, by their types. #}
{% macro records_on_spark(file, types) -%}
    {%- if file.make -%}
    (
        select
            row_number,
            json is null as is_malformed,
            {#- Of a key that comes twice a map gives the first. #}
            from_json(json, 'map<string, variant>') as record
        from {{ pool_file_records(file) }}
    )
    {%- else -%}
    {%- set members = [] -%}
    {%- for column, type in types.items() -%}
        {%- set value = adapter.quote(column) -%}
        {%- set is_nested = modules.re.match("array|struct|map", type) -%}
        {%- do members.append(
            sql_text(column) ~ ", "
            ~ ("to_variant_object(" ~ value ~ ")" if is_nested
                else "cast(" ~ value ~ " as variant)")
        ) -%}
    {%- endfor -%}
    (
        select
            {{ place_of_row() }} as row_number,
            false as is_malformed,
            {{ "map(" ~ members | join(", ") ~ ")" if members
                else "cast(null as map<string, variant>)" }} as record
        from {{ pool_file_relation(file) }}
    )
    {%- endif -%}
{%- endmacro %}

{% macro spark__pool_file_columns(file) %}
    {# An empty file. #}
    {% if file.dialect and not file.dialect.columns %} {% do return({}) %} {% endif %}
    {% set columns = {} %}
    {% set known = known_column_names(file) %}
    {% set wanted = {} %}
    {% for row in run_query(
        "select distinct explode(map_keys(record)), 'string' from (select record from "
        ~ records_on_spark(file, {}) ~ " where not is_malformed limit 1000) order by 1" if file.make
        else "describe query select * from " ~ pool_file_relation(file)
    ).rows %}
        {% do columns.update({row[0]: unknown_column()}) %}
        {% do columns[row[0]].update({"type": row[1]}) %}
        {% if row[0] | lower in known %} {% do wanted.update({row[0]: row[1]}) %} {% endif %}
    {% endfor %}
    {% if not wanted %} {% do return(columns) %} {% endif %}
    {% set names = [] %}
    {% for name in wanted %} {% do names.append(sql_text(name)) %} {% endfor %}
    {% set query %}
        with

        records as (

            select
                row_number as place,
                record
            from {{ records_on_spark(file, wanted) }}
            where not is_malformed
            limit 1000

        ),

        found_values as (

            select
                place,
                column_name,
                record[column_name] as value
            from records
            lateral view explode(array({{ names | join(", ") }})) as column_name

        ),

        typed_values as (

            select
                *,
                {{ variant_items("value") }} as items,
                nullif({{ variant_text("value") }}, '') as text,
                not is_variant_null(value) as is_there
            from found_values

        ),

        parsed_values as (

            select
                *,
                case
                    when {{ has_pattern("text", "^\\s*[\\[{]") }} then {{ parsed_text("text") }}
                end as parsed
            from typed_values

        )

        select
            column_name,
            count(items) * 2 > count(*) filter (where is_there) as is_list,
            coalesce(max(array_size(items)), 0) as most_items,
            count(parsed) > 0 and count(parsed) = count(*) filter (where is_there) as is_encoded,
            coalesce(
                bool_and({{ has_pattern("text", "^\\s*\\[\\s*\\{\\s*'") }}), false
            ) as is_python,
            coalesce(bool_and(try_cast(text as double) is not null), false) as is_numeric,
            schema_of_variant_agg(case when place <= 200 then value end) as structure,
            schema_of_variant_agg(case when place <= 200 then parsed end) as parsed_structure
        from parsed_values
        group by column_name
    {% endset %}
    {% do note_looks(columns, query) %}
    {% do return(columns) %}
{% endmacro %}

{# ARRAY<OBJECT<role: STRING>> as DuckDB's [{"role": "VARCHAR"}]. #}
{% macro spark__structure_of(schema) %}
    {% set names = {"STRING": "VARCHAR", "VOID": "NULL", "VARIANT": "JSON"} %}
    {% set parts = [] %}
    {% set open = [] %}
    {% for opening, closing, quoted, key, type, comma in modules.re.findall(
        "(OBJECT<|ARRAY<)|(>)|(?:`((?:[^`]|``)*)`|(\\w+)): |(\\w+)(?:\\([^)]*\\))?|(, )", schema
    ) %}
        {% if opening %}
            {% do open.append("}" if opening == "OBJECT<" else "]") %}
            {% do parts.append("{" if opening == "OBJECT<" else "[") %}
        {% elif closing %} {% do parts.append(open.pop()) %}
        {% elif quoted or key %}
            {% do parts.append(tojson(quoted | replace("``", "`") or key) ~ ": ") %}
        {% elif type %} {% do parts.append(tojson(names.get(type, type))) %}
        {% else %} {% do parts.append(comma) %}
        {% endif %}
    {% endfor %}
    {% do return(fromjson(parts | join, "NULL")) %}
{% endmacro %}

{% macro spark__pool_field(name, file, shape, looks) -%}
    {%- set field = shape.fields[name] -%}
    {%- set type = field.get("type", "VARCHAR") -%}
    {%- set values = [] -%}
    {%- for column in columns_of_shape(shape, file.columns)[name] -%}
        {%- do values.append(
            plain_value(
                "record[" ~ sql_text(column) ~ "]", type,
                is_encoded_field(file, shape, name, column)
            )
        ) -%}
    {%- endfor -%}
    {%- set found = values or values_of_path(name, field, file) -%}
    {%- if found | length > 1 -%} coalesce({{ found | join(", ") }})
    {%- elif found -%} {{ found[0] }}
    {%- else -%} {{ plain_value("cast(null as variant)", type, false) }}
    {%- endif -%}
{%- endmacro %}

{% macro spark__pool_fields(file, shape, only_rows) -%}
    {%- for name, known in file.shapes.items()
        if known is sameas shape and name not in shapes_on_spark() -%}
        {%- do only_on_duckdb(
            pool_var() ~ ": " ~ file.path ~ ", which is of the shape " ~ name ~ ",",
            "bring it into one of the shapes " ~ shapes_on_spark() | join(", ")
        ) -%}
    {%- endfor -%}
    {%- set types = {} -%}
    {%- for present in columns_of_shape(shape, file.columns).values() -%}
        {%- for column in present -%}
            {%- do types.update({column: file.columns[column].type}) -%}
        {%- endfor -%}
    {%- endfor -%}
        select
            row_number,
            is_malformed,
            {%- for name in shape.fields %}
            {{ pool_field(name, file, shape, true) }} as {{ name }}{{ "," if not loop.last }}
            {%- endfor %}
        from {{ records_on_spark(file, types) }}
{%- endmacro %}

{% macro spark__mapped_relation(file) %}
    {% do return(only_on_duckdb(
        "var responses_columns", "rename the columns of the pool's files"
    )) %}
{% endmacro %}

{% macro spark__rows_that_differ(file, first, other) -%}
    select 1
    from (
        select
            {{ variant_string("record[" ~ sql_text(first) ~ "]") }} as one,
            {{ variant_string("record[" ~ sql_text(other) ~ "]") }} as other
        from {{ records_on_spark(
            file, {first: file.columns[first].type, other: file.columns[other].type}
        ) }}
        limit 1000
    )
    where one <> other and trim(one) <> '' and trim(other) <> ''
    limit 1
{%- endmacro %}

{% macro spark__texts_read(file, shape, only_rows) -%}
    {%- set is_unreadable_prompt -%}
        coalesce(contains(prompt, {{ no_text() }}), false)
                or coalesce(exists(history, turn -> contains(turn.content, {{ no_text() }})), false)
    {%- endset -%}
            case when not ({{ is_unreadable_prompt }}) then prompt end as prompt,
            case
                when not coalesce(contains(candidate.response, {{ no_text() }}), false)
                    then candidate.response
            end as response,
            coalesce(contains(candidate.response, {{ no_text() }}), false)
                or {{ is_unreadable_prompt }} as is_unreadable_text
{%- endmacro %}

{% macro spark__no_text() -%} {{ sql_text("\ufdd0") }} {%- endmacro %}

{# A number's text is what it is as a number: 1.5 for 1.50. #}
{% macro variant_string(value) -%} try_variant_get({{ value }}, '$', 'string') {%- endmacro %}

{% macro variant_text(value) -%}
    case when schema_of_variant({{ value }}) = 'STRING' then {{ variant_string(value) }} end
{%- endmacro %}

{% macro variant_items(value) -%}
    try_variant_get({{ value }}, '$', 'array<variant>')
{%- endmacro %}

{% macro variant_member(value, name) -%}
    try_variant_get({{ value }}, {{ sql_text("$[" ~ tojson(name) ~ "]") }}, 'variant')
{%- endmacro %}

{% macro spark__parsed_text(text) -%} try_parse_json({{ text }}) {%- endmacro %}

{% macro spark__text_of(value) -%}
    {%- set members = [] -%}
    {%- for name in ["content", "value", "answer", "text"] -%}
        {%- do members.append(variant_member(value, name)) -%}
    {%- endfor -%}
    {%- set inner = "coalesce(" ~ members | join(", ") ~ ")" -%}
    case
        when schema_of_variant({{ value }}) = 'STRING' then {{ variant_string(value) }}
        when {{ variant_items(value) }} is not null then {{ _text_of_items(value) }}
        when try_variant_get({{ value }}, '$', 'map<string, variant>') is not null
            then case
                when schema_of_variant({{ inner }}) = 'STRING' then {{ variant_string(inner) }}
                when {{ variant_items(inner) }} is not null then {{ _text_of_items(inner) }}
                else {{ no_text() }}
            end
        else {{ variant_string(value) }}
    end
{%- endmacro %}

{# One text, or typed parts that are all texts, each on lines of its own. #}
{% macro _text_of_items(value) -%}
    case
        when array_size({{ variant_items(value) }}) = 1
            and schema_of_variant({{ variant_items(value) }}[0]) in ('STRING', 'VOID')
            then {{ variant_string(variant_items(value) ~ "[0]") }}
        when not exists(
            slice({{ variant_items(value) }}, 1, 3),
            part -> try_variant_get(part, '$', 'map<string, variant>') is not null
        )
            then {{ no_text() }}
        else array_join(
            transform(
                {{ variant_items(value) }},
                part -> case
                    when schema_of_variant(part) = 'STRING' then {{ variant_string("part") }}
                    when schema_of_variant({{ variant_member("part", "text") }}) = 'STRING'
                        and coalesce(try_variant_get(part, '$.type', 'string'), 'text')
                        like '%text'
                        then try_variant_get(part, '$.text', 'string')
                    else {{ no_text() }}
                end
            ),
            chr(10)
        )
    end
{%- endmacro %}

{% macro spark__plain_value(value, type, is_encoded) -%}
    {%- set decoded = value -%}
    {%- if is_encoded or type not in ["TEXT", "VARCHAR"] -%}
        {%- set decoded -%}
            case
                when schema_of_variant({{ value }}) = 'STRING'
                    then coalesce(
                        {{ parsed_text(variant_string(value)) }}, cast({{ no_text() }} as variant)
                    )
                else {{ value }}
            end
        {%- endset -%}
    {%- endif -%}
    {%- if type == "VARCHAR" -%} {{ variant_string(value) }}
    {%- elif type == "TEXT" -%} {{ text_of(decoded) }}
    {%- elif type == "MESSAGES" -%}
        transform(
            {{ variant_items(decoded) }},
            item -> {{ message(
                role_of(
                    "coalesce(try_variant_get(item, '$.role', 'string'),"
                    ~ " try_variant_get(item, '$.from', 'string'))"
                ),
                text_of(
                    "coalesce(" ~ variant_member("item", "content") ~ ", "
                    ~ variant_member("item", "value") ~ ")"
                ),
            ) }}
        )
    {%- elif type[0] == "TEXT" -%}
        transform({{ variant_items(decoded) }}, item -> {{ text_of("item") }})
    {%- elif type[0] is string -%}
        transform({{ variant_items(decoded) }}, item -> {{ variant_string("item") }})
    {%- elif type[0] is mapping -%}
        {%- set members = [] -%}
        {%- for name, member in type[0].items() -%}
            {%- set value = variant_member("item", name) -%}
            {%- do members.append(
                sql_text(name) ~ ", "
                ~ (text_of(value) if member == "TEXT" else variant_string(value))
            ) -%}
        {%- endfor -%}
        transform({{ variant_items(decoded) }}, item -> named_struct({{ members | join(", ") }}))
    {%- endif -%}
{%- endmacro %}

{% macro spark__candidate(model, response, score, rating) -%}
    named_struct(
        'model', {{ model }},
        'response', {{ response }},
        'score', cast({{ score }} as string),
        'rating', cast({{ rating }} as string)
    )
{%- endmacro %}

{% macro spark__parallel_candidates(models, responses, scores) -%}
    {%- set length -%}
        greatest(
            size({{ models }}),
            size({{ responses }}),
            size({{ scores if scores != "null" else "array()" }})
        )
    {%- endset -%}
    {%- set score = "null" if scores == "null" else "try_element_at(" ~ scores ~ ", place)" -%}
    case
        when {{ length }} > 0
            then transform(
                sequence(1, {{ length }}),
                place -> {{ candidate(
                    "try_element_at(" ~ models ~ ", place)",
                    "try_element_at(" ~ responses ~ ", place)",
                    score,
                ) }}
            )
    end
{%- endmacro %}

{% macro spark__unnested_candidates(candidates) -%}
    inline(
        transform(
            case when size({{ candidates }}) > 0 then {{ candidates }} else array(null) end,
            (item, place) -> named_struct(
                'candidate', item, 'candidate_number', cast(place + 1 as bigint)
            )
        )
    ) as (candidate, candidate_number)
{%- endmacro %}

{% macro spark__no_messages() -%}
    cast(null as array<struct<role: string, content: string>>)
{%- endmacro %}

{% macro spark__as_messages(items) -%} {{ items }} {%- endmacro %}

{% macro spark__message(role, content) -%}
    named_struct('role', {{ role }}, 'content', {{ content }})
{%- endmacro %}

{% macro spark__conversation(history, prompt) -%}
    concat(
        coalesce({{ history }}, cast(array() as array<struct<role: string, content: string>>)),
        array({{ message("'user'", prompt) }})
    )
{%- endmacro %}

{% macro spark__last_content(messages) -%} try_element_at({{ messages }}, -1).content {%- endmacro %}

{% macro spark__last_user_turn(messages) -%}
    case
        when try_element_at({{ messages }}, -1).role = 'user'
            then try_element_at({{ messages }}, -1).content
    end
{%- endmacro %}

{% macro spark__all_but_last(items) -%}
    slice({{ items }}, 1, greatest(size({{ items }}) - 1, 0))
{%- endmacro %}

{% macro spark__after_system(system, messages) -%}
    case
        when
            coalesce({{ trimmed(system) }}, '') = ''
            or coalesce(try_element_at({{ messages }}, 1).role, '') = 'system'
            then {{ messages }}
        else concat(
            array({{ message("'system'", system) }}),
            coalesce({{ messages }}, cast(array() as array<struct<role: string, content: string>>))
        )
    end
{%- endmacro %}

{# Of shapes that Spark does not read: files of those are refused before this is part of any SQL. #}
{% macro spark__answer(messages, model, response, score) -%} null {%- endmacro %}

{% macro spark__alternating_turns(texts) -%} null {%- endmacro %}

{% macro spark__marked_turns(text, user, assistant) -%} null {%- endmacro %}

{% macro spark__turns_answered(questions, answers, model, score) -%} null {%- endmacro %}

{% macro spark__answers_in_conversation(messages, model, score) -%} null {%- endmacro %}

{% macro spark__candidates_that_are_there(candidates) -%} null {%- endmacro %}

{% macro spark__pool_questions(source_file, name) -%} null {%- endmacro %}

{# Parts of DuckDB's readers, which Spark's have no use for. #}
{% macro spark__json_reading(make) %} {% do return("") %} {% endmacro %}

{% macro spark__may_be_json(text) %} {% do return("") %} {% endmacro %}

{% macro spark__read_json_columns(file, structure) %} {% do return("") %} {% endmacro %}

{# Spark takes lines that are no UTF-8 as they are. #}
{% macro spark__refuse_lines_that_cannot_be_read(file) %} {% do return("") %} {% endmacro %}

{% macro spark__line_that_is_no_utf_8(file) %} {% do return(none) %} {% endmacro %}
