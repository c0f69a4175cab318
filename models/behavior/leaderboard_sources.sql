{{ config(materialized='view') }}

with

figures as (

    select * from {{ ref('stg_benchmark_scores') }}
    where is_benchmark

),

leaderboard_sources as (

    select
        leaderboard,
        coalesce(nullif(trim(score_source), ''), 'not stated') as source,
        count(*) as figures,
        count(distinct model) as models,
        count(distinct benchmark_key) as benchmarks
    from figures
    group by leaderboard, coalesce(nullif(trim(score_source), ''), 'not stated')

)

select * from leaderboard_sources
order by source
