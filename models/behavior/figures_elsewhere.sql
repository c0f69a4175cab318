with

figures as (

    select
        model,
        benchmark,
        raw_score as score,
        greatest(chance, ceiling) / 100 as one_point,
        max({{ decimals('raw_score') }}) over (partition by benchmark) as n_decimals
    from {{ ref('int_benchmark_figures') }}

),

figures_there as (

    select
        *,
        max({{ decimals('score') }}) over (partition by leaderboard, benchmark) as n_decimals
    from {{ ref('stg_scores_elsewhere') }}
    where benchmark in (select benchmark from figures)

),

model_names as (

    select * from {{ ref('int_model_names') }}
    where model is not null

),

shared_names as (

    select distinct
        here.model,
        there.leaderboard,
        there.model as model_there
    from model_names as here
    inner join model_names as there
        on here.name_key = there.name_key and here.leaderboard <> there.leaderboard
    where here.leaderboard = {{ sql_text(active_leaderboard()) }}

),

-- where a model shares names with two there, neither is taken
models_there as (

    select * from shared_names
    qualify count(*) over (partition by model, leaderboard) = 1

),

figures_side_by_side as (

    select
        figures.model,
        figures.benchmark,
        figures.score,
        figures.one_point,
        figures_there.leaderboard,
        figures_there.model as model_there,
        figures_there.score as score_there,
        least(figures.n_decimals, figures_there.n_decimals) as n_decimals
    from figures
    inner join models_there on figures.model = models_there.model
    inner join figures_there
        on models_there.leaderboard = figures_there.leaderboard
        and models_there.model_there = figures_there.model
        and figures.benchmark = figures_there.benchmark

),

compared_figures as (

    select
        *,
        {{ difference_in_decimals('score', 'score_there', 'n_decimals') }} as difference
    from figures_side_by_side

),

figures_of_others as (

    select
        compared_figures.model,
        compared_figures.benchmark,
        compared_figures.leaderboard,
        others.model as same_as_model,
        {{ text_similarity('compared_figures.model_there', 'others.model') }} as likeness
    from compared_figures
    inner join figures_there as others
        on compared_figures.leaderboard = others.leaderboard
        and compared_figures.benchmark = others.benchmark
        and compared_figures.model_there <> others.model
        and round(compared_figures.score, 6) = round(others.score, 6)
    where abs(compared_figures.difference) > compared_figures.one_point

),

-- only ever shown: no likeness of names decides anything
nearest_others as (

    select * from figures_of_others
    qualify row_number() over (
        partition by model, benchmark, leaderboard order by likeness desc, same_as_model
    ) = 1

),

figures_elsewhere as (

    select
        compared_figures.model,
        compared_figures.benchmark,
        compared_figures.score,
        compared_figures.leaderboard,
        compared_figures.score_there,
        compared_figures.difference,
        nearest_others.same_as_model
    from compared_figures
    left join nearest_others
        on compared_figures.model = nearest_others.model
        and compared_figures.benchmark = nearest_others.benchmark
        and compared_figures.leaderboard = nearest_others.leaderboard

)

select * from figures_elsewhere
