with

qualities as (

    select * from {{ ref('model_quality') }}
    where quality is not null

),

similarities as (

    select * from {{ ref('model_similarity') }}

),

scores as (

    select * from {{ ref('behavior_scores') }}
    where not is_imputed

),

slope as (
{% if var('confidence_slope') == 'auto' %}
    select slope from {{ ref('label_calibration') }}
{% else %}
    select cast({{ var('confidence_slope') }} as double) as slope
{% endif %}
),

both_orders as (

    select model_a as chosen_model, model_b as rejected_model, similarity from similarities
    union all
    select model_b as chosen_model, model_a as rejected_model, similarity from similarities

),

ordered_pairs as (

    select
        both_orders.chosen_model,
        both_orders.rejected_model,
        better.quality as chosen_quality,
        worse.quality as rejected_quality,
        round(better.quality - worse.quality, 9) as quality_gap,
        both_orders.similarity
    from both_orders
    inner join qualities as better on both_orders.chosen_model = better.model
    inner join qualities as worse on both_orders.rejected_model = worse.model
    where better.quality > worse.quality

),

shared_differences as (

    select
        ordered_pairs.chosen_model,
        ordered_pairs.rejected_model,
        chosen_scores.score - rejected_scores.score as difference
    from ordered_pairs
    inner join scores as chosen_scores on ordered_pairs.chosen_model = chosen_scores.model
    inner join scores as rejected_scores
        on ordered_pairs.rejected_model = rejected_scores.model
        and chosen_scores.benchmark = rejected_scores.benchmark

),

agreements as (

    select
        chosen_model,
        rejected_model,
        count(*) as n_shared,
        {{ exact_mean('difference') }} as mean_difference,
        stddev_samp(difference) as deviation_of_differences,
        sum(1 + sign(difference)) / (2 * count(*)) as win_share
    from shared_differences
    group by chosen_model, rejected_model

),

model_pairs as (

    select
        ordered_pairs.chosen_model,
        ordered_pairs.rejected_model,
        ordered_pairs.chosen_quality,
        ordered_pairs.rejected_quality,
        ordered_pairs.quality_gap,
        ordered_pairs.similarity,
        round(agreements.win_share, 9) as win_share,
        {{ order_confidence(
            'agreements.mean_difference',
            'agreements.deviation_of_differences',
            'agreements.n_shared'
        ) }} as order_confidence,
        {{ label_confidence('ordered_pairs.quality_gap', 'slope.slope') }} as label_confidence
    from ordered_pairs
    cross join slope
    -- figures on different benchmarks do not tell which of two models is better
    inner join agreements
        on ordered_pairs.chosen_model = agreements.chosen_model
        and ordered_pairs.rejected_model = agreements.rejected_model

)

select * from model_pairs
