{% macro read_pool_file(source_file, fingerprint) -%}
    {%- set columns = pool_file_columns(source_file) -%}
    {%- set shape_name = detect_pool_shape(source_file, columns) -%}
    {%- set shape = pool_shape(shape_name) -%}
    {%- set is_text = pool_file_kind(source_file) in ["sample", "csv", "tsv"] -%}
    select * from (

    with

    fields as (

        {{ pool_fields(source_file, shape, columns) }}

    ),

    {% if shape.questions -%}
    questions as (

        {{ pool_questions(source_file, shape.questions) }}

    ),

    {% endif -%}
    records as (

        select
            row_number,
            is_malformed,
            {{ shape.source }} as source,
            {% if shape.answers -%}
            {{ shape.answers }} as candidates
            {%- else -%}
            {{ shape.messages or "null" }} as messages,
            {{ shape.prompt or "null" }} as prompt,
            {{ shape.candidates }} as candidates
            {%- endif %}
        from fields
        {%- if shape.questions %}
        left join questions on fields.question_id = questions.asked_question_id
        {%- endif %}

    ),

    candidates as (

        select
            * exclude (candidates),
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
            {% if shape.prompt -%}
            {{ "coalesce(prompt, '')" if is_text else "prompt" }} as prompt,
            {{ no_messages() }} as history
            {%- else -%}
            {%- set messages = "candidate.messages" if shape.answers else "messages" -%}
            {{ last_user_turn(messages) }} as prompt,
            cast(
                {{ all_but_last(messages) }} as struct(role string, content string)[]
            ) as history
            {%- endif %}
        from candidates

    )

    select
        {{ sql_text(source_file) }} as source_file,
        {{ sql_text(fingerprint) }} as file_fingerprint,
        {{ sql_text(shape_name) }} as shape,
        {{ sql_text(mapped_columns(shape, columns, source_file)) }} as mapped_columns,
        row_number,
        candidate_number,
        is_malformed,
        {{ "md5(prompt)" if shape.prompt else conversation_id('history', 'prompt') }}
            as prompt_id,
        coalesce({{ trimmed('prompt') }} = '', false) as is_empty_prompt,
        {% set holds_prompt = "true" if shape.answers else "candidate_number = 1" -%}
        {{ holds_prompt }} as holds_prompt,
        case when {{ holds_prompt }} then prompt end as prompt,
        case when {{ holds_prompt }} and len(history) > 0 then history end as history,
        source,
        candidate.model as model,
        {{ "coalesce(candidate.response, '')" if is_text else "candidate.response" }} as response,
        try_cast(candidate.score as double) as score,
        try_cast(candidate.rating as double) as rating
    from prompted_candidates

    )
{%- endmacro %}

{% macro no_pool_rows() -%}
    select
        cast(null as string) as source_file,
        cast(null as string) as file_fingerprint,
        cast(null as string) as shape,
        cast(null as string) as mapped_columns,
        cast(null as bigint) as row_number,
        cast(null as bigint) as candidate_number,
        cast(null as boolean) as is_malformed,
        cast(null as string) as prompt_id,
        cast(null as boolean) as is_empty_prompt,
        cast(null as boolean) as holds_prompt,
        cast(null as string) as prompt,
        {{ no_messages() }} as history,
        cast(null as string) as source,
        cast(null as string) as model,
        cast(null as string) as response,
        cast(null as double) as score,
        cast(null as double) as rating
    where false
{%- endmacro %}
