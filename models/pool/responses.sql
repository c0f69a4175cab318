{{ config(materialized='view') }}

with

usable_responses as (

    select * from {{ ref('int_responses') }}
    where reason is null

),

texts as (

    select
        source_file,
        row_number,
        candidate_number,
        response
    from {{ ref('stg_pool_responses') }}

),

responses as (

    select
        usable_responses.response_id,
        usable_responses.prompt_id,
        usable_responses.model,
        texts.response,
        usable_responses.n_chars,
        usable_responses.score,
        usable_responses.source_file
    from usable_responses
    inner join texts
        on usable_responses.source_file = texts.source_file
        and usable_responses.row_number = texts.row_number
        and usable_responses.candidate_number = texts.candidate_number

)

select * from responses
