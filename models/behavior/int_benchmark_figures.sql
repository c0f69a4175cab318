-- depends_on: {{ ref('leaderboard_problems') }} (a build with such problems stops there)

with

benchmarks as (

    select * from {{ ref('stg_benchmarks') }}

),

scores as (

    select * from {{ ref('stg_benchmark_scores') }}

),

figures as (

    -- what stands twice with the same score is one figure
    select distinct
        scores.model,
        benchmarks.benchmark,
        benchmarks.capability,
        benchmarks.chance,
        benchmarks.ceiling,
        benchmarks.higher_is_better,
        benchmarks.weight * {{ capability_weight('benchmarks.capability') }} as weight,
        scores.score as raw_score
    from scores
    inner join benchmarks on scores.benchmark_key = benchmarks.benchmark_key

)

select * from figures
