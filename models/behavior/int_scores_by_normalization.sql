{{ config(materialized=planned_view()) }}

with

figures as (

    select * from {{ ref('int_benchmark_figures') }}

),

doubts as (

    select * from {{ ref('doubtful_figures') }}
    where '{{ var("doubts") }}' = 'leave_out'

),

figures_used as (

    select figures.*
    from figures
    anti join doubts on figures.model = doubts.model and figures.benchmark = doubts.benchmark

),

oriented_figures as (

    select
        *,
        case when higher_is_better then raw_score else -raw_score end as oriented_score
    from figures_used

),

benchmark_statistics as (

    select
        benchmark,
        min(oriented_score) as lowest_score,
        max(oriented_score) as highest_score,
        avg(oriented_score) as mean_score,
        stddev_pop(oriented_score) as deviation_of_scores,
        count(*) as scored_models
    from oriented_figures
    group by benchmark

),

placed_figures as (

    select
        *,
        rank() over (partition by benchmark order by oriented_score) - 1 as models_below,
        count(*) over (partition by benchmark, oriented_score) - 1 as models_level
    from oriented_figures

),
{% set normalizations = ['minmax', 'chance', 'zscore', 'rank'] %}
scores_by_normalization as (
{% for normalization in normalizations %}
    select
        '{{ normalization }}' as normalization,
        placed_figures.model,
        placed_figures.benchmark,
        placed_figures.capability,
        placed_figures.weight,
        placed_figures.raw_score,
        round({{ normalised_score(normalization) }}, 12) as score
    from placed_figures
    inner join benchmark_statistics on placed_figures.benchmark = benchmark_statistics.benchmark
    {% if normalization != 'chance' -%}
    -- where all models are level a benchmark tells nothing about any of them
    where benchmark_statistics.highest_score > benchmark_statistics.lowest_score
    {%- else -%}
    where placed_figures.chance is not null and placed_figures.ceiling is not null
    {%- endif %}
    {{ "union all" if not loop.last }}
{%- endfor %}

)

select * from scores_by_normalization
