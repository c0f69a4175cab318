with

normalised_scores as (

    select * from {{ ref('int_normalised_scores') }}

),
{% if var('missing_scores') == 'column_mean' %}
models as (

    select distinct model from normalised_scores

),

benchmarks as (

    select
        benchmark,
        capability,
        round({{ exact_mean('score') }}, 12) as mean_score
    from normalised_scores
    group by benchmark, capability

),

behavior_scores as (

    select
        models.model,
        benchmarks.benchmark,
        benchmarks.capability,
        normalised_scores.raw_score,
        coalesce(normalised_scores.score, benchmarks.mean_score) as score,
        normalised_scores.score is null as is_imputed
    from models
    cross join benchmarks
    left join normalised_scores
        on models.model = normalised_scores.model
        and benchmarks.benchmark = normalised_scores.benchmark

)
{% else %}
behavior_scores as (

    select
        model,
        benchmark,
        capability,
        raw_score,
        score,
        false as is_imputed
    from normalised_scores

)
{% endif %}
select * from behavior_scores
