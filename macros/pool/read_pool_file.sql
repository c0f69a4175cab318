{% macro read_pool_file(file, fingerprint, only_rows=none) -%}
    {%- set shape_name = detect_pool_shape(file) -%}
    {%- set shape = file.shapes[shape_name] -%}
    {%- set found = columns_of_shape(shape, file.columns) -%}
    {#- An empty cell is an empty text; a null in a list within a cell is none. -#}
    {%- set is_text = file.kind in ["sample", "csv", "tsv"] and not looks_at_values(file, shape) -%}
    {%- set has_system = found.system | length > 0 -%}
    {%- set has_texts = shape.prompt and (found.prompt or not shape.messages) -%}
    {%- set messages = "candidate.messages" if shape.answers else "messages" -%}
    {%- if not only_rows -%} {%- do stop_on_two_columns_for_one(file, shape) -%} {%- endif -%}
    select * from (

    with

    fields as (

        {{ pool_fields(file, shape, only_rows) }}

    ),

    {% if shape.questions -%}
    questions as (

        {{ pool_questions(file.path, shape.questions) }}

    ),

    {% endif -%}
    records as (

        select
            row_number,
            is_malformed,
            {{ shape.source }} as source,
            {% if has_system -%}
            system,
            {% endif -%}
            {% if shape.answers -%}
            {{ shape.answers }} as candidates
            {%- else -%}
            {% if has_texts -%}
            {{ question("prompt", "addition") if found.addition else "prompt" }} as prompt,
            {%- else -%}
            {{ shape.messages }} as messages,
            {%- endif %}
            {{ shape.candidates }} as candidates
            {%- endif %}
        from fields
        {%- if shape.questions %}
        left join questions on fields.question_id = questions.asked_question_id
        {%- endif %}

    ),

    candidates as (

        select
            * {{ excluding('candidates') }},
            {{ unnested_candidates('candidates') }}
        from records

    ),

    prompted_candidates as (

        select
            row_number,
            candidate_number,
            is_malformed,
            source,
            candidate,
            {% if has_texts -%}
            {{ "coalesce(prompt, '')" if is_text else "prompt" }} as prompt,
            {{ after_system('system', no_messages()) if has_system else no_messages() }} as history
            {%- else -%}
            {%- set history = as_messages(all_but_last(messages)) -%}
            {{ last_user_turn(messages) }} as prompt,
            {{ after_system('system', history) if has_system else history }} as history
            {%- endif %}
        from candidates

    ),

    read_texts as (

        select
            * {{ excluding('prompt, candidate') }},
            candidate.model as model,
            candidate.score as score,
            candidate.rating as rating,
            {{ texts_read(file, shape, only_rows) }}
        from prompted_candidates

    )

    select
        {{ sql_text(file.path) }} as source_file,
        {{ sql_text(fingerprint) }} as file_fingerprint,
        {{ sql_text(shape_name) }} as shape,
        {{ sql_text(mapped_columns(file, shape)) }} as mapped_columns,
        row_number,
        candidate_number,
        is_malformed,
        is_unreadable_text,
        {{ "md5(prompt)" if has_texts and not has_system
            else conversation_id('history', 'prompt') }}
            as prompt_id,
        coalesce({{ trimmed('prompt') }} = '', false) as is_empty_prompt,
        {% set holds_prompt = "true" if shape.answers else "candidate_number = 1" -%}
        {{ holds_prompt }} as holds_prompt,
        case when {{ holds_prompt }} then prompt end as prompt,
        case when {{ holds_prompt }} and {{ list_length('history') }} > 0 then history end as history,
        source,
        model,
        {{ "true" if model_is_file_name(file, shape) else "false" }} as model_is_file_name,
        {{ "coalesce(response, '')" if is_text else "response" }} as response,
        {{ number_of('score') }} as score,
        {{ number_of('rating') }} as rating
    from read_texts

    )
{%- endmacro %}

{% macro texts_read(file, shape, only_rows) %}
    {{- return(adapter.dispatch("texts_read", "zebra")(file, shape, only_rows)) -}}
{% endmacro %}

{% macro duckdb__texts_read(file, shape, only_rows) -%}
    {%- if only_rows is not none or looks_at_values(file, shape) -%}
            {%- set is_unreadable_prompt -%}
                coalesce(contains(prompt, {{ no_text() }}), false)
                    or list_contains(
                        list_transform(
                            history, lambda turn: contains(turn.content, {{ no_text() }})
                        ),
                        true
                    )
            {%- endset -%}
            case when {{ is_unreadable_prompt }} then null else prompt end as prompt,
            case
                when contains(candidate.response, {{ no_text() }}) then null
                else candidate.response
            end as response,
            coalesce(contains(candidate.response, {{ no_text() }}), false)
                or coalesce({{ is_unreadable_prompt }}, false) as is_unreadable_text
    {%- elif file.make -%}
            prompt,
            candidate.response as response,
            -- not known yet of what may be a list or an object: look_at_unread_records tells
            case
                when {{ may_be_json('candidate.response') }} or {{ may_be_json('prompt') }}
                    or list_contains(
                        list_transform(history, lambda turn: {{ may_be_json('turn.content') }}),
                        true
                    )
                    then null
                else false
            end as is_unreadable_text
    {%- else -%}
            prompt,
            candidate.response as response,
            false as is_unreadable_text
    {%- endif -%}
{%- endmacro %}

{% macro may_be_json(text) %}
    {{- return(adapter.dispatch("may_be_json", "zebra")(text)) -}}
{% endmacro %}

{% macro duckdb__may_be_json(text) -%}
    coalesce(
        left({{ text }}, 1) in ('[', '{') and right({{ text }}, 1) in (']', '}')
            and json_valid({{ text }}),
        false
    )
{%- endmacro %}

{# Only where nobody asked for it: then the name counts as a model's if it is known. #}
{% macro model_is_file_name(file, shape) %}
    {% set field = shape.fields.get("model", {}) %}
    {% do return(
        field.or_file_name and var("responses_format") == "auto"
        and not columns_of_field(field, file.columns) and not partition_of_field(field, file)
    ) %}
{% endmacro %}

{% macro no_pool_rows() -%}
    select
        cast(null as string) as source_file,
        cast(null as string) as file_fingerprint,
        cast(null as string) as shape,
        cast(null as string) as mapped_columns,
        cast(null as bigint) as row_number,
        cast(null as bigint) as candidate_number,
        cast(null as boolean) as is_malformed,
        cast(null as boolean) as is_unreadable_text,
        cast(null as string) as prompt_id,
        cast(null as boolean) as is_empty_prompt,
        cast(null as boolean) as holds_prompt,
        cast(null as string) as prompt,
        {{ no_messages() }} as history,
        cast(null as string) as source,
        cast(null as string) as model,
        cast(null as boolean) as model_is_file_name,
        cast(null as string) as response,
        cast(null as double) as score,
        cast(null as double) as rating
    where false
{%- endmacro %}
