with

strategies as (

    select
        strategy,
        definition
    from {{ ref('int_strategies') }}

),

prompts as (

    select count(*) as prompts from {{ ref('int_prompts') }}

),

calibration as (

    select
        slope,
        slope_from,
        pairs_scored
    from {{ ref('label_calibration') }}

),

unstable_pairs as (

    select distinct
        chosen_model,
        rejected_model
    from {{ ref('quality_sensitivity') }}
    where flips > 0

),

pairs as (

    select
        pairs.strategy,
        count(*) as pairs,
        round({{ exact_mean('pairs.quality_gap') }}, 9) as mean_quality_gap,
        round({{ exact_mean('pairs.similarity') }}, 9) as mean_similarity,
        round({{ exact_mean('pairs.order_confidence') }}, 9) as mean_order_confidence,
        round({{ exact_mean('pairs.label_confidence') }}, 9) as mean_label_confidence,
        round(
            avg(case when unstable_pairs.chosen_model is null then 0e0 else 1e0 end), 9
        ) as unstable_share,
        round(
            avg(case when pairs.chosen_chars > pairs.rejected_chars then 1e0 else 0e0 end), 9
        ) as chosen_longer_share,
        round(avg(pairs.chosen_chars - pairs.rejected_chars), 6) as mean_chars_difference
    from {{ ref('preference_pairs') }} as pairs
    left join unstable_pairs
        on pairs.chosen_model = unstable_pairs.chosen_model
        and pairs.rejected_model = unstable_pairs.rejected_model
    group by pairs.strategy

),

abstentions as (

    select
        strategy,
        count(*) as abstentions
    from {{ ref('abstentions') }}
    group by strategy

),

top_models as (

    select
        strategy,
        model as top_chosen_model,
        chosen_share as top_chosen_share
    from {{ ref('model_balance') }}
    qualify row_number() over (partition by strategy order by times_chosen desc, model) = 1

),

strategy_summary as (

    select
        strategies.strategy,
        prompts.prompts,
        coalesce(pairs.pairs, 0) as pairs,
        coalesce(abstentions.abstentions, 0) as abstentions,
        pairs.mean_quality_gap,
        pairs.mean_similarity,
        pairs.mean_order_confidence,
        pairs.mean_label_confidence,
        pairs.mean_label_confidence as expected_agreement,
        pairs.unstable_share,
        pairs.chosen_longer_share,
        pairs.mean_chars_difference,
        top_models.top_chosen_model,
        top_models.top_chosen_share,
        calibration.slope as confidence_slope,
        calibration.slope_from as confidence_slope_from,
        calibration.pairs_scored as slope_pairs_scored,
        strategies.definition
    from strategies
    cross join prompts
    cross join calibration
    left join pairs on strategies.strategy = pairs.strategy
    left join abstentions on strategies.strategy = abstentions.strategy
    left join top_models on strategies.strategy = top_models.strategy

)

select * from strategy_summary
order by strategy
