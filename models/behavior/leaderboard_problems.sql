{{ config(post_hook="{{ stop_on_leaderboard_problems(this) }}") }}
-- depends_on: {{ ref('stg_benchmark_names') }}

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

columns as (

    select * from {{ ref('stg_leaderboard_columns') }}

),

benchmarks_without_meaning as (

    select
        'benchmarks.csv' as source_file,
        'invalid_benchmark' as problem,
        'benchmark ' || coalesce(benchmark, '(blank)')
        || ' needs a name, a unit of percent, fraction, points or elo, numbers for chance and'
        || ' ceiling that differ, or blanks, true or false for higher_is_better and a weight of'
        || ' at least 0' as detail
    from benchmarks
    where
        coalesce(benchmark, '') = ''
        or coalesce(unit, '') not in ('percent', 'fraction', 'points', 'elo')
        or has_unreadable_bound
        or chance = ceiling
        or higher_is_better is null
        or weight is null
        or weight < 0

),

repeated_benchmarks as (

    select
        'benchmarks.csv' as source_file,
        'repeated_benchmark' as problem,
        'benchmark ' || min(benchmark) || ' has ' || count(*) || ' rows, one is meant' as detail
    from benchmarks
    group by benchmark_key
    having count(*) > 1

),

scores_without_model as (

    select
        source_file,
        'missing_name' as problem,
        'a row with score ' || coalesce(score_text, '(blank)')
        || ' lacks its model or benchmark' as detail
    from scores
    where coalesce(model_key, '') = '' or coalesce(benchmark_key, '') = ''

),

scores_without_metadata as (

    select
        source_file,
        'unknown_benchmark' as problem,
        'benchmark ' || min(benchmark) || ' has ' || count(*)
        || ' scores and no row in benchmarks.csv' as detail
    from scores
    where not is_benchmark and benchmark_key <> '' and leaderboard = 'seeds'
    group by source_file, benchmark_key

),

-- of a file, what is no benchmark is left out, and said to be
files_without_benchmark as (

    select
        min(source_file) as source_file,
        'no_benchmark' as problem,
        'none of its columns is a known benchmark with figures: '
        || {{ joined_list(sorted_list(
            "distinct coalesce(nullif(column_name, ''), '(blank)') || case"
            ~ " when reason <> 'no benchmark by this name' then ' (' || reason || ')' else '' end"
        ), "', '") }}
        || '; say which is one with var leaderboard_columns, {BENCHMARK: COLUMN}, where'
        || ' seeds/benchmarks.csv has the benchmark, or else add it there' as detail
    from columns
    -- of runs each file has some evaluations of many
    group by shape, case when shape not in ('lm_eval', 'every_eval_ever') then source_file end
    having count(*) filter (where read_as <> 'left_out') = 0

),

settings_without_object as (

    {{ settings_without_object() }}

),

columns_that_are_unclear as (

    select
        source_file,
        'unclear_column' as problem,
        min(problem) as detail
    from columns
    where problem is not null
    group by source_file, benchmark

),

scores_that_are_no_number as (

    select
        source_file,
        'score_not_a_number' as problem,
        'score ' || coalesce('"' || score_text || '"', '(blank)') || ' of ' || model || ' on '
        || benchmark || ' is no number; leave the row out where a figure is missing' as detail
    from scores
    where
        (score is null or not (score between -1e300 and 1e300))
        and (is_benchmark or leaderboard = 'seeds')

),

scores_out_of_range as (

    select
        scores.source_file,
        'score_out_of_range' as problem,
        'score ' || scores.score_text || ' of ' || scores.model || ' on ' || benchmarks.benchmark
        || ' is outside ' || case
            when benchmarks.unit = 'elo' then '[100, 5000]'
            else '[0, ' || {{ highest_plausible(
                'benchmarks.unit', 'benchmarks.chance', 'benchmarks.ceiling'
            ) }} || ']'
        end || ', in ' || benchmarks.unit as detail
    from scores
    inner join benchmarks on scores.benchmark_key = benchmarks.benchmark_key
    where
        scores.score not between {{ lowest_plausible('benchmarks.unit', 'benchmarks.chance') }}
        and {{ highest_plausible('benchmarks.unit', 'benchmarks.chance', 'benchmarks.ceiling') }}

),

repeated_scores as (

    select
        min(source_file) as source_file,
        'repeated_score' as problem,
        'model ' || min(model) || ' has ' || count(distinct score) || ' scores on '
        || min(benchmark) || ', ' || min(score) || ' and ' || max(score)
        || case
            when min(leaderboard) = 'seeds' then ', one is meant'
            when count(distinct source_file) > 1
                then ' (also in ' || max(source_file) || '); say which with var duplicate_scores:'
                    || ' highest, lowest, mean or first'
            else '; say which with var duplicate_scores: highest, lowest, mean or first'
        end as detail
    from scores
    where is_benchmark
    group by leaderboard, model_key, benchmark_key
    having count(distinct score) > 1

),

fractions_among_percents as (

    select
        scores.source_file,
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
        and scores.leaderboard = 'seeds'

),

figures_of_models as (

    select
        source_file,
        model,
        count(*) as n_figures,
        {{ joined_list(sorted_list("benchmark_key || '=' || score"), "','") }} as figures
    from scores
    where score is not null and leaderboard = 'seeds'
    group by source_file, model

),

relabelled_copies as (

    select
        models_a.source_file,
        'relabelled_copy' as problem,
        'models ' || models_a.model || ' and ' || models_b.model
        || ' have the same figures on all ' || models_a.n_figures
        || ' benchmarks; make one an alias of the other' as detail
    from figures_of_models as models_a
    inner join figures_of_models as models_b
        on models_a.figures = models_b.figures and models_a.model < models_b.model
    where models_a.n_figures > 1

),

scored_models as (

    select distinct model_key from scores
    where is_benchmark

),

-- one file of aliases serves all leaderboards: only models of this one can be in its way
ambiguous_aliases as (

    select
        'model_aliases.csv' as source_file,
        'ambiguous_alias' as problem,
        'alias ' || min(aliases.alias) || ' stands for ' || min(aliases.model) || ' and for '
        || max(aliases.model) as detail
    from aliases
    inner join scored_models on aliases.model_key = scored_models.model_key
    group by aliases.alias_key
    having count(distinct aliases.model_key) > 1

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
    select * from files_without_benchmark
    union all
    select * from columns_that_are_unclear
    union all
    select * from settings_without_object
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

)

select * from problems
