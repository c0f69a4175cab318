with

pairs as (

    select * from {{ ref('int_instance_pairs') }}

),

instance_preferences as (

    select
        pairs.*,
        prompts.prompt,
        chosen.response as chosen,
        rejected.response as rejected,
        prompts.source,
        prompts.messages
    from pairs
    inner join {{ ref('prompts') }} as prompts on pairs.prompt_id = prompts.prompt_id
    inner join {{ ref('responses') }} as chosen on pairs.chosen_response_id = chosen.response_id
    inner join {{ ref('responses') }} as rejected
        on pairs.rejected_response_id = rejected.response_id

)

select * from instance_preferences
