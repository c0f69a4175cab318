{{ config(materialized='view') }}

with

prompts_without_text as (

    select * from {{ ref('int_prompts') }}

),

texts as (

    select
        source_file,
        row_number,
        candidate_number,
        prompt,
        history
    from {{ ref('stg_pool_responses') }}
    where holds_prompt

),

prompts as (

    select
        prompts_without_text.prompt_id,
        texts.prompt,
        {{ conversation('texts.history', 'texts.prompt') }} as messages,
        prompts_without_text.source,
        prompts_without_text.prompt_group,
        prompts_without_text.split,
        prompts_without_text.n_candidates,
        prompts_without_text.set_id
    from prompts_without_text
    inner join texts
        on prompts_without_text.source_file = texts.source_file
        and prompts_without_text.row_number = texts.row_number
        and prompts_without_text.candidate_number = texts.candidate_number

)

select * from prompts
