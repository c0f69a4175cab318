{{ config(materialized=planned_view()) }}

with

scores as (

    select * from {{ ref('int_scores_by_normalization') }}

),

benchmarks as (

    select distinct normalization, benchmark, weight from scores

),

models as (

    select distinct model from scores

),

variants as (

    select
        'without_benchmark' as setting,
        benchmark as changed_to,
        normalization,
        benchmark as left_out,
        '{{ var("missing_scores") }}' as missing_scores
    from benchmarks
    where normalization = '{{ var("normalization") }}'
    union all
    select distinct
        'normalization' as setting,
        normalization as changed_to,
        normalization,
        cast(null as string) as left_out,
        '{{ var("missing_scores") }}' as missing_scores
    from benchmarks
    where normalization <> '{{ var("normalization") }}'
    {%- for rule in ['column_mean', 'shared_only'] %}
    union all
    select
        'missing_scores' as setting,
        '{{ rule }}' as changed_to,
        '{{ var("normalization") }}' as normalization,
        cast(null as string) as left_out,
        '{{ rule }}' as missing_scores
    {%- endfor %}

),

cells as (

    select
        variants.setting,
        variants.changed_to,
        variants.normalization,
        variants.missing_scores,
        models.model,
        benchmarks.benchmark,
        benchmarks.weight
    from variants
    inner join benchmarks
        on variants.normalization = benchmarks.normalization
        and benchmarks.benchmark is distinct from variants.left_out
    cross join models

),

mean_scores as (

    select
        normalization,
        benchmark,
        round({{ exact_mean('score') }}, 12) as mean_score
    from scores
    group by normalization, benchmark

),

behavior_variants as (

    select
        cells.setting,
        cells.changed_to,
        cells.model,
        cells.benchmark,
        cells.weight,
        coalesce(
            scores.score,
            case when cells.missing_scores = 'column_mean' then mean_scores.mean_score end
        ) as score,
        scores.score is null as is_imputed
    from cells
    inner join mean_scores
        on cells.normalization = mean_scores.normalization
        and cells.benchmark = mean_scores.benchmark
    left join scores
        on cells.normalization = scores.normalization
        and cells.benchmark = scores.benchmark
        and cells.model = scores.model

)

select * from behavior_variants
where score is not null
