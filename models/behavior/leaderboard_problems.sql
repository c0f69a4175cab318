{{ config(post_hook="{{ stop_on_leaderboard_problems(this) }}") }}

with

benchmarks as (

    select * from {{ ref('stg_benchmarks') }}

),

scores as (

    select * from {{ ref('stg_benchmark_scores') }}

),

aliases as (

    select * from {{ ref('stg_model_aliases') }}

),

benchmarks_without_meaning as (

    select
        'benchmarks' as seed,
        'invalid_benchmark' as problem,
        'benchmark ' || coalesce(benchmark, '(blank)')
        || ' needs a name, a unit of percent, fraction or points, numbers for chance and ceiling'
        || ' that differ, true or false for higher_is_better and a weight of at least 0' as detail
    from benchmarks
    where
        coalesce(benchmark, '') = ''
        or coalesce(unit, '') not in ('percent', 'fraction', 'points')
        or chance is null
        or ceiling is null
        or chance = ceiling
        or higher_is_better is null
        or weight is null
        or weight < 0

),

repeated_benchmarks as (

    select
        'benchmarks' as seed,
        'repeated_benchmark' as problem,
        'benchmark ' || min(benchmark) || ' has ' || count(*) || ' rows, one is meant' as detail
    from benchmarks
    group by benchmark_key
    having count(*) > 1

),

scores_without_model as (

    select
        'benchmark_scores' as seed,
        'missing_name' as problem,
        'a row with score ' || coalesce(score_text, '(blank)')
        || ' lacks its model or benchmark' as detail
    from scores
    where coalesce(model_key, '') = '' or coalesce(benchmark_key, '') = ''

),

scores_without_metadata as (

    select
        'benchmark_scores' as seed,
        'unknown_benchmark' as problem,
        'benchmark ' || min(scores.benchmark) || ' has ' || count(*)
        || ' scores and no row in benchmarks.csv' as detail
    from scores
    left join benchmarks on scores.benchmark_key = benchmarks.benchmark_key
    where benchmarks.benchmark_key is null and scores.benchmark_key <> ''
    group by scores.benchmark_key

),

scores_that_are_no_number as (

    select
        'benchmark_scores' as seed,
        'score_not_a_number' as problem,
        'score ' || coalesce('"' || score_text || '"', '(blank)') || ' of ' || model || ' on '
        || benchmark || ' is no number; leave the row out where a figure is missing' as detail
    from scores
    where score is null or not (score between -1e300 and 1e300)

),

scores_out_of_range as (

    select
        'benchmark_scores' as seed,
        'score_out_of_range' as problem,
        'score ' || scores.score_text || ' of ' || scores.model || ' on ' || benchmarks.benchmark
        || ' is outside [0, ' || greatest(benchmarks.ceiling, benchmarks.chance) || '], in '
        || benchmarks.unit as detail
    from scores
    inner join benchmarks on scores.benchmark_key = benchmarks.benchmark_key
    where
        case
            when benchmarks.unit = 'fraction' and scores.has_percent_sign then scores.score / 100
            else scores.score
        end not between 0 and greatest(benchmarks.ceiling, benchmarks.chance)

),

repeated_scores as (

    select
        'benchmark_scores' as seed,
        'repeated_score' as problem,
        'model ' || min(model) || ' has ' || count(*) || ' scores on ' || min(benchmark)
        || ', one is meant' as detail
    from scores
    group by model_key, benchmark_key
    having count(*) > 1

),

fractions_among_percents as (

    select
        'benchmark_scores' as seed,
        'mixed_units' as problem,
        'score ' || scores.score_text || ' of ' || scores.model || ' on ' || benchmarks.benchmark
        || ' looks like a fraction among percents; write ' || scores.score * 100 || ', or '
        || scores.score_text || '% if that is meant' as detail
    from scores
    inner join benchmarks on scores.benchmark_key = benchmarks.benchmark_key
    where
        benchmarks.unit = 'percent'
        and scores.score > 0
        and scores.score <= 1
        and not scores.has_percent_sign

),

figures_of_models as (

    select
        model,
        count(*) as n_figures,
        {{ joined_list(sorted_list("benchmark_key || '=' || score"), "','") }} as figures
    from scores
    where score is not null
    group by model

),

relabelled_copies as (

    select
        'benchmark_scores' as seed,
        'relabelled_copy' as problem,
        'models ' || models_a.model || ' and ' || models_b.model
        || ' have the same figures on all ' || models_a.n_figures
        || ' benchmarks; make one an alias of the other' as detail
    from figures_of_models as models_a
    inner join figures_of_models as models_b
        on models_a.figures = models_b.figures and models_a.model < models_b.model
    where models_a.n_figures > 1

),

ambiguous_aliases as (

    select
        'model_aliases' as seed,
        'ambiguous_alias' as problem,
        'alias ' || min(alias) || ' stands for ' || min(model) || ' and for ' || max(model)
        as detail
    from aliases
    group by alias_key
    having count(distinct model_key) > 1

),

aliases_of_scored_models as (

    select distinct
        'model_aliases' as seed,
        'alias_is_a_model' as problem,
        'alias ' || aliases.alias || ' stands for ' || aliases.model
        || ' but is itself a model with scores' as detail
    from aliases
    inner join scores on aliases.alias_key = scores.model_key
    where aliases.alias_key <> aliases.model_key

),

problems as (

    select * from benchmarks_without_meaning
    union all
    select * from repeated_benchmarks
    union all
    select * from scores_without_model
    union all
    select * from scores_without_metadata
    union all
    select * from scores_that_are_no_number
    union all
    select * from scores_out_of_range
    union all
    select * from repeated_scores
    union all
    select * from fractions_among_percents
    union all
    select * from relabelled_copies
    union all
    select * from ambiguous_aliases
    union all
    select * from aliases_of_scored_models

)

select * from problems
