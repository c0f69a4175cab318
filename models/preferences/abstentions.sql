with

prompts as (

    select * from {{ ref('int_prompts') }}

),

strategies as (

    select * from {{ ref('int_strategies') }}

),

sets_with_an_order as (

    select distinct set_id from {{ ref('int_set_pairs') }}

),

-- one quality is higher, and yet there is no pair: no two models share a benchmark
sets_of_unlike_quality as (

    select set_models.set_id
    from {{ ref('int_candidate_set_models') }} as set_models
    inner join {{ ref('model_quality') }} as qualities on set_models.model = qualities.model
    group by set_models.set_id
    having min(qualities.quality) < max(qualities.quality)

),

sets_with_a_rule as (

    select distinct set_id, strategy from {{ ref('pair_rules') }}

),

prompts_without_pair as (

    select
        prompts.prompt_id,
        prompts.set_id,
        prompts.n_candidates,
        strategies.strategy
    from prompts
    cross join strategies
    anti join {{ ref('preference_pairs') }} as pairs
        on prompts.prompt_id = pairs.prompt_id
        and strategies.strategy = pairs.strategy

),

-- what stood in the way of the first pair, null if nothing did
first_pairs as (

    select
        candidate_pairs.strategy,
        candidate_pairs.prompt_id,
        min_by(candidate_pairs.reason, candidate_pairs.place) as reason,
        bool_and(candidate_pairs.reason is not null) as has_none_to_take
    from {{ ref('int_candidate_pairs') }} as candidate_pairs
    inner join prompts_without_pair
        on candidate_pairs.prompt_id = prompts_without_pair.prompt_id
        and candidate_pairs.strategy = prompts_without_pair.strategy
    group by candidate_pairs.strategy, candidate_pairs.prompt_id

),

abstentions as (

    select
        prompts_without_pair.strategy,
        prompts_without_pair.prompt_id,
        case
            when prompts_without_pair.n_candidates = 1 then 'single_candidate'
            when sets_with_an_order.set_id is null and sets_of_unlike_quality.set_id is not null
                then 'no_shared_benchmark'
            when sets_with_an_order.set_id is null then 'tie'
            when sets_with_a_rule.set_id is null then 'no_pair_passes_filter'
            when first_pairs.has_none_to_take then first_pairs.reason
            else 'model_share'
        end as reason
    from prompts_without_pair
    left join sets_with_an_order on prompts_without_pair.set_id = sets_with_an_order.set_id
    left join sets_of_unlike_quality
        on prompts_without_pair.set_id = sets_of_unlike_quality.set_id
    left join sets_with_a_rule
        on prompts_without_pair.set_id = sets_with_a_rule.set_id
        and prompts_without_pair.strategy = sets_with_a_rule.strategy
    left join first_pairs
        on prompts_without_pair.prompt_id = first_pairs.prompt_id
        and prompts_without_pair.strategy = first_pairs.strategy

)

select * from abstentions
