{{ config(materialized='view') }}

with

prompts_without_text as (

    select * from {{ ref('int_prompts') }}

),

texts as (

    select
        source_file,
        row_number,
        prompt,
    from {{ ref('stg_pool_responses') }}
    where candidate_number = 1

),

prompts as (

    select
        prompts_without_text.prompt_id,
        texts.prompt,
        prompts_without_text.source,
        prompts_without_text.split,
        prompts_without_text.n_candidates,
        prompts_without_text.set_id,
    from prompts_without_text
    inner join texts
        on prompts_without_text.source_file = texts.source_file
        and prompts_without_text.row_number = texts.row_number

)

select * from prompts
