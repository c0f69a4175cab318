with

pairs as (

    select * from {{ ref('preference_pairs') }}

),

answers as (

    select
        response_id,
        prompt_id,
        model
    from {{ ref('responses') }}

),

answered_pairs as (

    select
        pairs.pair_id,
        pairs.prompt_id,
        pairs.chosen_model,
        pairs.rejected_model,
        chosen.prompt_id as chosen_prompt_id,
        rejected.prompt_id as rejected_prompt_id,
        chosen.model as model_of_chosen,
        rejected.model as model_of_rejected
    from pairs
    left join answers as chosen on pairs.chosen_response_id = chosen.response_id
    left join answers as rejected on pairs.rejected_response_id = rejected.response_id

)

select * from answered_pairs
where
    prompt_id is distinct from chosen_prompt_id
    or prompt_id is distinct from rejected_prompt_id
    or chosen_model is distinct from model_of_chosen
    or rejected_model is distinct from model_of_rejected
    or chosen_model = rejected_model
