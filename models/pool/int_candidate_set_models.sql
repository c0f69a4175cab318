with

prompts as (

    select * from {{ ref('int_prompts') }}

),

usable_responses as (

    select * from {{ ref('int_responses') }}
    where reason is null

),

-- all prompts of a set have the same models, so one of them stands for it
representatives as (

    select
        set_id,
        min(prompt_id) as prompt_id,
        count(*) as n_prompts
    from prompts
    group by set_id

),

set_models as (

    select
        representatives.set_id,
        representatives.n_prompts,
        usable_responses.model
    from representatives
    inner join usable_responses on representatives.prompt_id = usable_responses.prompt_id

)

select * from set_models
