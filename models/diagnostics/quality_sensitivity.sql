with

behavior_variants as (

    select * from {{ ref('int_behavior_variants') }}

),

model_pairs as (

    select
        chosen_model,
        rejected_model,
        quality_gap,
    from {{ ref('model_pairs') }}

),

-- as in model_quality, imputed scores do not count, but where that is the change to be tried
qualities as (

    select
        setting,
        changed_to,
        model,
        sum(weight * score) / nullif(sum(weight), 0) as quality,
    from behavior_variants
    where not is_imputed or setting = 'missing_scores'
    group by setting, changed_to, model

),

gaps_of_qualities as (

    select
        chosen.setting,
        chosen.changed_to,
        model_pairs.chosen_model,
        model_pairs.rejected_model,
        chosen.quality - rejected.quality as gap_then,
    from model_pairs
    inner join qualities as chosen on model_pairs.chosen_model = chosen.model
    inner join qualities as rejected
        on model_pairs.rejected_model = rejected.model
        and chosen.setting = rejected.setting
        and chosen.changed_to = rejected.changed_to
    where not (chosen.setting = 'missing_scores' and chosen.changed_to = 'shared_only')

),

-- on the benchmarks that both models have
gaps_of_shared_scores as (

    select
        chosen.setting,
        chosen.changed_to,
        model_pairs.chosen_model,
        model_pairs.rejected_model,
        sum(chosen.weight * (chosen.score - rejected.score)) / nullif(sum(chosen.weight), 0)
            as gap_then,
    from model_pairs
    inner join behavior_variants as chosen on model_pairs.chosen_model = chosen.model
    inner join behavior_variants as rejected
        on model_pairs.rejected_model = rejected.model
        and chosen.setting = rejected.setting
        and chosen.changed_to = rejected.changed_to
        and chosen.benchmark = rejected.benchmark
    where chosen.setting = 'missing_scores' and chosen.changed_to = 'shared_only'
    group by
        chosen.setting, chosen.changed_to, model_pairs.chosen_model, model_pairs.rejected_model

),

gaps as (

    select * from gaps_of_qualities
    union all
    select * from gaps_of_shared_scores

),

quality_sensitivity as (

    select
        gaps.chosen_model,
        gaps.rejected_model,
        gaps.setting,
        gaps.changed_to,
        model_pairs.quality_gap,
        round(gaps.gap_then, 9) as gap_then,
        coalesce(round(gaps.gap_then, 9) < 0, false) as is_reversed,
        count(*) filter (where round(gaps.gap_then, 9) < 0) over (
            partition by gaps.chosen_model, gaps.rejected_model
        ) as flips,
    from gaps
    inner join model_pairs
        on gaps.chosen_model = model_pairs.chosen_model
        and gaps.rejected_model = model_pairs.rejected_model

)

select * from quality_sensitivity
order by chosen_model, rejected_model, setting, changed_to
