{{ config(materialized='table') }}
-- depends_on: {{ ref('benchmark_scores') }}

with

cells as (
{% for leaderboard in other_leaderboards() %}
    {{ read_leaderboard(leaderboard) }}
    {{ "union all" if not loop.last }}
{% endfor %}
),

benchmark_names as (

    select * from {{ ref('stg_benchmark_names') }}
    where not is_part

),

figures as (

    select
        cells.leaderboard,
        trim(cells.model) as model,
        {{ name_key('cells.model') }} as model_key,
        benchmark_names.benchmark,
        benchmark_names.unit,
        right(trim(cells.score_text), 1) = '%' as has_percent_sign,
        {{ score_number('cells.score_text') }} as score_as_written,
        min({{ score_number('cells.score_text') }}) over whole_column as lowest_score,
        max({{ score_number('cells.score_text') }}) over whole_column as highest_score
    from cells
    inner join benchmark_names
        on {{ benchmark_name_key('cells.benchmark') }} = benchmark_names.name_key
    window whole_column as (partition by cells.leaderboard, cells.benchmark)

),

scores as (

    select
        leaderboard,
        model,
        model_key,
        benchmark,
        {{ score_in_unit(
            'score_as_written', 'has_percent_sign', 'unit', 'lowest_score', 'highest_score'
        ) }} as score
    from figures
    where score_as_written is not null

)

select * from scores
