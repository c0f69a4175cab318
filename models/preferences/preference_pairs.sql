with

prompts as (

    select * from {{ ref('int_prompts') }}

),

usable_responses as (

    select
        {{ response_id('prompt_id', 'model', 'response_md5') }} as response_id,
        prompt_id,
        model,
    from {{ ref('int_responses') }}
    where reason is null

),

identical_responses as (

    select * from {{ ref('int_identical_responses') }}

),

pair_rules as (

    select * from {{ ref('pair_rules') }}

),

candidate_pairs as (

    select
        pair_rules.strategy,
        prompts.prompt_id,
        prompts.split,
        pair_rules.pair_rank as rule_rank,
        pair_rules.chosen_model,
        pair_rules.rejected_model,
        pair_rules.quality_gap,
        pair_rules.similarity,
        pair_rules.order_confidence,
        pair_rules.label_confidence,
    from prompts
    inner join pair_rules on prompts.set_id = pair_rules.set_id

),

distinct_pairs as (

    select candidate_pairs.*
    from candidate_pairs
    left join identical_responses
        on candidate_pairs.prompt_id = identical_responses.prompt_id
        and least(candidate_pairs.chosen_model, candidate_pairs.rejected_model)
            = identical_responses.model_a
        and greatest(candidate_pairs.chosen_model, candidate_pairs.rejected_model)
            = identical_responses.model_b
    where identical_responses.prompt_id is null

),

first_pairs as (

    select
        *,
        row_number() over (partition by prompt_id, strategy order by rule_rank) as pair_rank,
    from distinct_pairs
    qualify pair_rank <= {{ var('pairs_per_prompt') }}

),

preference_pairs as (

    select
        {{ pair_id('first_pairs.strategy', 'chosen.response_id', 'rejected.response_id') }}
            as pair_id,
        first_pairs.strategy,
        first_pairs.prompt_id,
        first_pairs.pair_rank,
        chosen.response_id as chosen_response_id,
        rejected.response_id as rejected_response_id,
        first_pairs.chosen_model,
        first_pairs.rejected_model,
        first_pairs.quality_gap,
        first_pairs.similarity,
        first_pairs.order_confidence,
        first_pairs.label_confidence,
        first_pairs.split,
    from first_pairs
    inner join usable_responses as chosen
        on first_pairs.prompt_id = chosen.prompt_id
        and first_pairs.chosen_model = chosen.model
    inner join usable_responses as rejected
        on first_pairs.prompt_id = rejected.prompt_id
        and first_pairs.rejected_model = rejected.model

)

select * from preference_pairs
