{{ config(materialized='view') }}

with

preference_pairs as (

    select * from {{ ref('preference_pairs') }}

),

prompts as (

    select * from {{ ref('prompts') }}

),

chosen_responses as (

    select * from {{ ref('responses') }}

),

rejected_responses as (

    select * from {{ ref('responses') }}

),

preferences as (

    select
        preference_pairs.*,
        prompts.prompt,
        chosen_responses.response as chosen,
        rejected_responses.response as rejected,
        prompts.source,
        prompts.messages
    from preference_pairs
    inner join prompts on preference_pairs.prompt_id = prompts.prompt_id
    inner join chosen_responses
        on preference_pairs.prompt_id = chosen_responses.prompt_id
        and preference_pairs.chosen_model = chosen_responses.model
    inner join rejected_responses
        on preference_pairs.prompt_id = rejected_responses.prompt_id
        and preference_pairs.rejected_model = rejected_responses.model

)

select * from preferences
