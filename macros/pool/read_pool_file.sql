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

    records as (

        select
            row_number,
            is_malformed,
            {{ shape.prompt }} as prompt,
            {{ shape.source }} as source,
            {{ shape.candidates }} as candidates,
        from fields

    ),

    candidates as (

        select
            row_number,
            is_malformed,
            {{ "coalesce(prompt, '')" if is_text else "prompt" }} as prompt,
            source,
            {{ unnested_candidates('candidates') }},
        from records

    )

    select
        {{ sql_text(source_file) }} as source_file,
        {{ sql_text(fingerprint) }} as file_fingerprint,
        {{ sql_text(shape_name) }} as shape,
        row_number,
        candidate_number,
        is_malformed,
        {{ prompt_id('prompt') }} as prompt_id,
        case when left(prompt, 1) <= ' ' then {{ trimmed('prompt') }} = '' else false end as is_empty_prompt,
        case when candidate_number = 1 then prompt end as prompt,
        source,
        candidate.model as model,
        {{ "coalesce(candidate.response, '')" if is_text else "candidate.response" }} as response,
        try_cast(candidate.score as double) as score,
    from candidates

    )
{%- endmacro %}
