with

usable_responses as (

    select * from {{ ref('int_responses') }}
    where reason is null

),

prompts as (

    select * from {{ ref('int_prompts') }}

),

texts as (

    select
        source_file,
        row_number,
        candidate_number,
        response
    from {{ ref('stg_pool_responses') }}

),

shared_openings as (

    select
        prompt_id,
        opening_key
    from usable_responses
    group by prompt_id, opening_key
    having count(*) > 1

),

openings_to_compare as (

    select prompt_id, opening_key from shared_openings
    union
    select prompt_id, prompt_opening_key from prompts

),

responses_to_compare as (

    select usable_responses.*
    from usable_responses
    inner join openings_to_compare
        on usable_responses.prompt_id = openings_to_compare.prompt_id
        and usable_responses.opening_key = openings_to_compare.opening_key

),

folded_responses as (

    select
        responses_to_compare.prompt_id,
        responses_to_compare.model,
        responses_to_compare.trimmed_md5,
        {{ folded('texts.response') }} as folded_response,
        {% if var('distinct_prefix') -%}
        {{ folded("left(" ~ trimmed('texts.response') ~ ", " ~ var('distinct_prefix') ~ ")") }}
            as folded_prefix
        {%- else -%}
        cast(null as string) as folded_prefix
        {%- endif %}
    from responses_to_compare
    inner join texts
        on responses_to_compare.source_file = texts.source_file
        and responses_to_compare.row_number = texts.row_number
        and responses_to_compare.candidate_number = texts.candidate_number

),

folded_texts as (

    select
        folded_responses.prompt_id,
        folded_responses.model,
        folded_responses.trimmed_md5,
        md5(folded_responses.folded_response) as folded_md5,
        md5(folded_responses.folded_prefix) as prefix_md5,
        md5(folded_responses.folded_response) = prompts.folded_prompt_md5 as repeats_prompt
    from folded_responses
    inner join prompts on folded_responses.prompt_id = prompts.prompt_id

)

select * from folded_texts
