with

scored_responses as (

    select * from {{ ref('int_scored_responses') }}

),

best_responses as (

    select * from scored_responses
    qualify row_number() over (partition by prompt_id order by score desc, model) = 1

),

pairs_with_the_best as (

    select
        best.prompt_id,
        best.model as chosen_model,
        others.model as rejected_model,
        best.response_id as chosen_response_id,
        others.response_id as rejected_response_id,
        best.score as chosen_score,
        others.score as rejected_score,
        best.n_chars as chosen_chars,
        others.n_chars as rejected_chars
    from best_responses as best
    inner join scored_responses as others
        on best.prompt_id = others.prompt_id
        and best.score > others.score
        and best.trimmed_md5 <> others.trimmed_md5

),

baselines as (

    select
        'instance_best_worst' as strategy,
        *
    from pairs_with_the_best
    qualify row_number() over (partition by prompt_id order by rejected_score, rejected_model) = 1
    union all
    select
        'instance_best_random' as strategy,
        *
    from pairs_with_the_best
    qualify
        row_number() over (
            partition by prompt_id
            order by md5('random' || prompt_id || rejected_model), rejected_model
        ) = 1

),

instance_pairs as (

    select
        {{ pair_id('baselines.strategy', 'baselines.chosen_response_id',
            'baselines.rejected_response_id') }} as pair_id,
        baselines.strategy,
        baselines.prompt_id,
        cast(1 as bigint) as pair_rank,
        baselines.chosen_response_id,
        baselines.rejected_response_id,
        baselines.chosen_model,
        baselines.rejected_model,
        baselines.chosen_score,
        baselines.rejected_score,
        round(chosen.quality - rejected.quality, 9) as quality_gap,
        similarities.similarity,
        cast(null as double) as label_confidence,
        baselines.chosen_chars,
        baselines.rejected_chars,
        prompts.split
    from baselines
    inner join {{ ref('int_prompts') }} as prompts on baselines.prompt_id = prompts.prompt_id
    inner join {{ ref('model_quality') }} as chosen on baselines.chosen_model = chosen.model
    inner join {{ ref('model_quality') }} as rejected on baselines.rejected_model = rejected.model
    left join {{ ref('model_similarity') }} as similarities
        on least(baselines.chosen_model, baselines.rejected_model) = similarities.model_a
        and greatest(baselines.chosen_model, baselines.rejected_model) = similarities.model_b

)

select * from instance_pairs
