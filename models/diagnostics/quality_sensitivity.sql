with

model_pairs as (

    select
        chosen_model,
        rejected_model,
        quality_gap
    from {{ ref('model_pairs') }}

),

-- of a large leaderboard few models are compared
behavior_variants as (

    select * from {{ ref('int_behavior_variants') }}
    where model in (
        select chosen_model from model_pairs
        union all
        select rejected_model from model_pairs
    )

),

-- as in model_quality, imputed scores do not count, but where that is the change to be tried
qualities as (

    select
        setting,
        changed_to,
        model,
        {{ exact_sum('weight * score') }} / nullif({{ exact_sum('weight') }}, 0) as quality
    from behavior_variants
    where not is_imputed or setting = 'missing_scores'
    group by setting, changed_to, model

),

variants as (

    select distinct setting, changed_to from behavior_variants

),

gaps_of_qualities as (

    select
        variants.setting,
        variants.changed_to,
        model_pairs.chosen_model,
        model_pairs.rejected_model,
        chosen.quality - rejected.quality as gap_then
    from model_pairs
    cross join variants
    left join qualities as chosen
        on model_pairs.chosen_model = chosen.model
        and variants.setting = chosen.setting
        and variants.changed_to = chosen.changed_to
    left join qualities as rejected
        on model_pairs.rejected_model = rejected.model
        and variants.setting = rejected.setting
        and variants.changed_to = rejected.changed_to
    where not (variants.setting = 'missing_scores' and variants.changed_to = 'shared_only')

),

-- on the benchmarks that both models have
gaps_of_shared_scores as (

    select
        'missing_scores' as setting,
        'shared_only' as changed_to,
        model_pairs.chosen_model,
        model_pairs.rejected_model,
        {{ exact_sum('chosen.weight * (chosen.score - rejected.score)') }} / nullif({{
            exact_sum('case when rejected.score is not null then chosen.weight end')
        }}, 0) as gap_then
    from model_pairs
    left join behavior_variants as chosen
        on model_pairs.chosen_model = chosen.model
        and chosen.setting = 'missing_scores'
        and chosen.changed_to = 'shared_only'
    left join behavior_variants as rejected
        on model_pairs.rejected_model = rejected.model
        and chosen.setting = rejected.setting
        and chosen.changed_to = rejected.changed_to
        and chosen.benchmark = rejected.benchmark
    group by model_pairs.chosen_model, model_pairs.rejected_model

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
        ) as flips
    from gaps
    inner join model_pairs
        on gaps.chosen_model = model_pairs.chosen_model
        and gaps.rejected_model = model_pairs.rejected_model

)

select * from quality_sensitivity
order by chosen_model, rejected_model, setting, changed_to
