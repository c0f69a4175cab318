with

normalised_scores as (

    select * from {{ ref('int_normalised_scores') }}

),

benchmarks as (

    select distinct benchmark, weight from normalised_scores

),

total_weight as (

    select {{ exact_sum('weight') }} as total_weight from benchmarks

),

weighted_sums as (

    select
        model,
        {{ exact_sum('weight * score') }} as weighted_sum,
        {{ exact_sum('weight') }} as scored_weight,
        count(*) as n_benchmarks
    from normalised_scores
    group by model

),

covered_models as (

    select
        weighted_sums.model,
        round(
            weighted_sums.weighted_sum / nullif(weighted_sums.scored_weight, 0), 9
        ) as weighted_mean,
        weighted_sums.n_benchmarks,
        round(
            weighted_sums.scored_weight / nullif(total_weight.total_weight, 0), 9
        ) as coverage
    from weighted_sums
    cross join total_weight

),

qualities as (

    select
        model,
        case when coverage >= {{ var('min_coverage') }} then weighted_mean end as quality,
        n_benchmarks,
        coverage
    from covered_models

),

ranked_qualities as (

    select
        model,
        quality,
        case
            when quality is not null
                then row_number() over (order by quality desc nulls last, model)
        end as quality_rank,
        n_benchmarks,
        coverage
    from qualities

)

select * from ranked_qualities
