{{ config(materialized='view') }}

with

preference_pairs as (

    select * from {{ ref('preference_pairs') }}

),

prompts as (

    select * from {{ ref('prompts') }}

),

responses as (

    select * from {{ ref('responses') }}

),

preferences as (

    select
        preference_pairs.*,
        prompts.prompt,
        chosen.response as chosen,
        rejected.response as rejected,
        prompts.source,
        prompts.messages,
    from preference_pairs
    inner join prompts on preference_pairs.prompt_id = prompts.prompt_id
    inner join responses as chosen on preference_pairs.chosen_response_id = chosen.response_id
    inner join responses as rejected
        on preference_pairs.rejected_response_id = rejected.response_id

)

select * from preferences
