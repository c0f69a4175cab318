with

figures as (

    select * from {{ ref('int_benchmark_figures') }}

),

benchmark_ends as (

    select
        benchmark,
        case when higher_is_better then min(raw_score) else max(raw_score) end as worst_score,
        case when higher_is_better then max(raw_score) else min(raw_score) end as best_score
    from figures
    group by benchmark, higher_is_better

),

minmax_scores as (

    select
        figures.*,
        benchmark_ends.worst_score,
        benchmark_ends.best_score,
        abs(figures.raw_score - benchmark_ends.worst_score)
        / abs(benchmark_ends.best_score - benchmark_ends.worst_score) as score
    from figures
    inner join benchmark_ends on figures.benchmark = benchmark_ends.benchmark
    where benchmark_ends.worst_score <> benchmark_ends.best_score

),

scores_of_models as (

    select
        model,
        {{ exact_sum('score') }} as sum_of_scores,
        count(*) as n_scores
    from minmax_scores
    group by model
    having count(*) >= 4

),

scores_beside_the_others as (

    select
        minmax_scores.model,
        minmax_scores.benchmark,
        minmax_scores.score,
        (scores_of_models.sum_of_scores - minmax_scores.score)
        / (scores_of_models.n_scores - 1) as mean_of_others,
        count(*) over (partition by minmax_scores.benchmark) as n_models
    from minmax_scores
    inner join scores_of_models on minmax_scores.model = scores_of_models.model

),

points as (

    select
        model,
        benchmark,
        score,
        mean_of_others,
        0 as deviation
    from scores_beside_the_others
    where n_models >= 8

),

-- each line is drawn without what lies far from the one before: wrong figures would bend it
first_fit as (

    {{ line_fit('points') }}

),

second_fit as (

    {{ line_fit('first_fit') }}

),

third_fit as (

    {{ line_fit('second_fit') }}

),

expected_figures as (

    select
        minmax_scores.model,
        minmax_scores.benchmark,
        minmax_scores.chance,
        minmax_scores.ceiling,
        minmax_scores.raw_score,
        round(
            minmax_scores.worst_score
            + third_fit.expected_score * (minmax_scores.best_score - minmax_scores.worst_score), 6
        ) + 0 as expected_score,
        third_fit.deviation
    from third_fit
    inner join minmax_scores
        on third_fit.model = minmax_scores.model
        and third_fit.benchmark = minmax_scores.benchmark

)

select * from expected_figures
