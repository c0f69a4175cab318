with

scored_pairs as (

    select * from {{ ref('int_scored_pairs') }}

),

labels_of_strategies as (

    select
        pairs.strategy,
        scored_pairs.source,
        scored_pairs.quality_gap,
        pairs.label_confidence,
        scored_pairs.outcome,
        count(*) as n_pairs
    from {{ ref('preference_pairs') }} as pairs
    inner join scored_pairs
        on pairs.prompt_id = scored_pairs.prompt_id
        and pairs.chosen_model = scored_pairs.chosen_model
        and pairs.rejected_model = scored_pairs.rejected_model
    group by
        pairs.strategy,
        scored_pairs.source,
        scored_pairs.quality_gap,
        pairs.label_confidence,
        scored_pairs.outcome

),

labels_of_all_pairs as (

    select
        'all_pairs' as strategy,
        scored_pairs.source,
        scored_pairs.quality_gap,
        model_pairs.label_confidence,
        scored_pairs.outcome,
        count(*) as n_pairs
    from scored_pairs
    inner join {{ ref('model_pairs') }} as model_pairs
        on scored_pairs.chosen_model = model_pairs.chosen_model
        and scored_pairs.rejected_model = model_pairs.rejected_model
    group by
        scored_pairs.source,
        scored_pairs.quality_gap,
        model_pairs.label_confidence,
        scored_pairs.outcome

),

randomly_turned_pairs as (

    select
        source,
        quality_gap,
        case
            when mod(
                {{ hash_number("'order' || prompt_id || chosen_model || rejected_model") }}, 2
            ) = 0
                then outcome
            else 1 - outcome
        end as outcome
    from scored_pairs

),

labels_in_random_order as (

    select
        'random_order' as strategy,
        source,
        quality_gap,
        0.5 as label_confidence,
        outcome,
        count(*) as n_pairs
    from randomly_turned_pairs
    group by source, quality_gap, outcome

),

pairs_turned_by_length as (

    select
        source,
        quality_gap,
        case when chosen_chars > rejected_chars then outcome else 1 - outcome end as outcome
    from scored_pairs
    where chosen_chars <> rejected_chars

),

labels_by_length as (

    select
        'longer_wins' as strategy,
        source,
        quality_gap,
        cast(null as double) as label_confidence,
        outcome,
        count(*) as n_pairs
    from pairs_turned_by_length
    group by source, quality_gap, outcome

),

-- one row per strategy, source, gap, confidence and outcome: few, however many pairs there are
labels as (

    select *, false as is_baseline from labels_of_strategies
    union all
    select *, true as is_baseline from labels_of_all_pairs
    union all
    select *, true as is_baseline from labels_in_random_order
    union all
    select *, true as is_baseline from labels_by_length

),

bucketed_labels as (

    select
        *,
        case
            when quality_gap < 0.05 then '0.00 to 0.05'
            when quality_gap < 0.1 then '0.05 to 0.10'
            when quality_gap < 0.2 then '0.10 to 0.20'
            when quality_gap < 0.4 then '0.20 to 0.40'
            else '0.40 and more'
        end as gap_bucket
    from labels
    union all
    select *, 'all' as gap_bucket from labels

),

-- labels of about the same confidence, in steps of a tenth
confidence_bins as (

    select
        strategy,
        source,
        is_baseline,
        gap_bucket,
        least(floor(label_confidence * 10), 9) as confidence_bin,
        sum(n_pairs) as pairs_scored,
        coalesce(sum(n_pairs) filter (where outcome = 0.5), 0) as ties,
        coalesce(sum(n_pairs) filter (where outcome = 1), 0) as n_right,
        coalesce(sum(n_pairs) filter (where outcome <> 0.5), 0) as n_decided,
        sum(n_pairs * label_confidence) filter (where outcome <> 0.5) as sum_of_confidence,
        sum(n_pairs * (label_confidence - outcome) * (label_confidence - outcome))
            filter (where outcome <> 0.5) as sum_of_squares
    from bucketed_labels
    group by
        strategy, source, is_baseline, gap_bucket, least(floor(label_confidence * 10), 9)

),

sums as (

    select
        strategy,
        source,
        is_baseline,
        gap_bucket,
        cast(sum(pairs_scored) as bigint) as pairs_scored,
        cast(sum(ties) as bigint) as ties,
        cast(sum(n_right) as bigint) as n_right,
        cast(sum(n_decided) as bigint) as n_decided,
        sum(sum_of_confidence) as sum_of_confidence,
        sum(sum_of_squares) as sum_of_squares,
        sum(abs(sum_of_confidence - n_right)) as sum_of_calibration_errors
    from confidence_bins
    group by strategy, source, is_baseline, gap_bucket

),

label_agreement as (

    select
        strategy,
        source,
        gap_bucket,
        is_baseline,
        pairs_scored,
        ties,
        n_right as agreements,
        round(n_right / nullif(cast(n_decided as double), 0), 9) as agreement,
        case when n_decided > 0 then round({{ wilson_bound('n_right', 'n_decided', 'low') }}, 9) end
            as agreement_low,
        case
            when n_decided > 0 then round({{ wilson_bound('n_right', 'n_decided', 'high') }}, 9)
        end as agreement_high,
        round(sum_of_confidence / nullif(n_decided, 0), 9) as expected_agreement,
        round(sum_of_squares / nullif(n_decided, 0), 9) as brier_score,
        round(sum_of_calibration_errors / nullif(n_decided, 0), 9) as calibration_error
    from sums

)

select * from label_agreement
order by source, is_baseline, strategy, gap_bucket
