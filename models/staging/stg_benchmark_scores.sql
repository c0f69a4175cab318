{{ config(materialized='table') }}
-- depends_on: {{ ref('benchmark_scores') }}
-- depends_on: {{ ref('stg_leaderboard_cells') }}
-- depends_on: {{ ref('stg_leaderboard_columns') }}
-- depends_on: {{ ref('stg_benchmarks') }}
-- depends_on: {{ ref('stg_benchmark_names') }}

with
{% if var('leaderboard') is none %}
cells as (

    {{ scores_of_seeds() }}

),

benchmark_names as (

    select * from {{ ref('stg_benchmark_names') }}
    where not is_part

),

named_cells as (

    select
        cells.*,
        {{ name_key('cells.model') }} as model_key,
        coalesce(benchmark_names.benchmark, trim(cells.benchmark)) as known_benchmark,
        benchmark_names.benchmark_key is not null as is_benchmark,
        benchmark_names.unit,
        right(trim(cells.score_text), 1) = '%' as has_percent_sign,
        {{ score_number('cells.score_text') }} as score_as_written
    from cells
    left join benchmark_names
        on {{ benchmark_name_key('cells.benchmark') }} = benchmark_names.name_key

),

scores as (

    select
        leaderboard,
        source_file,
        row_number,
        model_key,
        -- one spelling per model, however the rows write it
        min(trim(model)) over (partition by model_key) as model,
        known_benchmark as benchmark,
        {{ name_key('known_benchmark') }} as benchmark_key,
        is_benchmark,
        score_text,
        has_percent_sign,
        {{ score_in_unit(
            'score_as_written', 'has_percent_sign', 'unit', 'cast(null as double)',
            'cast(null as double)'
        ) }} as score,
        source as score_source
    from named_cells

)
{% else %}
cells as (

    select * from {{ ref('stg_leaderboard_cells') }}
    where not is_missing and model_key <> ''

),

columns as (

    select * from {{ ref('stg_leaderboard_columns') }}
    where read_as <> 'left_out'

),

benchmarks as (

    select * from {{ ref('stg_benchmarks') }}

),

numbers as (

    select
        cells.file_number,
        cells.source_file,
        cells.row_number,
        cells.column_name,
        cells.model_key,
        -- one spelling per model, however the rows write it
        min(cells.model) over (partition by cells.model_key) as model,
        benchmarks.benchmark,
        benchmarks.benchmark_key,
        benchmarks.unit,
        benchmarks.chance,
        benchmarks.ceiling,
        columns.read_as,
        columns.unit_found,
        columns.is_rescaled,
        cells.score_text,
        cells.has_percent_sign,
        {{ number_in_column('cells', 'columns') }} as number,
        cells.source
    from cells
    inner join columns
        on cells.file_number = columns.file_number
        and cells.source_file = columns.source_file
        and cells.column_name = columns.column_name
    inner join benchmarks on columns.benchmark = benchmarks.benchmark

),

figures as (

    select
        *,
        {{ figure_in_unit() }} as score
    from numbers

),

-- of a total whose parts alone are there the mean, where a model has all of them
parts as (

    select
        file_number,
        source_file,
        benchmark,
        count(*) as n_parts
    from columns
    where read_as = 'part'
    group by file_number, source_file, benchmark

),

means_of_parts as (

    select
        figures.file_number,
        figures.source_file,
        min(figures.row_number) as row_number,
        figures.model_key,
        figures.model,
        figures.benchmark,
        figures.benchmark_key,
        'mean of ' || parts.n_parts as score_text,
        false as has_percent_sign,
        round(avg(figures.score), 10) as score,
        min(figures.source) as source
    from figures
    inner join parts
        on figures.file_number = parts.file_number
        and figures.source_file = parts.source_file
        and figures.benchmark = parts.benchmark
    where figures.read_as = 'part'
    group by
        figures.file_number,
        figures.source_file,
        figures.model_key,
        figures.model,
        figures.benchmark,
        figures.benchmark_key,
        parts.n_parts
    having count(distinct figures.column_name) = parts.n_parts

),

all_figures as (

    select
        file_number,
        source_file,
        row_number,
        model_key,
        model,
        benchmark,
        benchmark_key,
        score_text,
        has_percent_sign,
        score,
        source
    from figures
    where read_as = 'benchmark'
    union all
    select * from means_of_parts

),

placed_figures as (

    select
        *,
        row_number() over (
            partition by model_key, benchmark_key
            {%- if var('duplicate_scores') == 'error' %}, round(score, 9) {%- endif %}
            order by {{ order_of_duplicates() }}
        ) as place,
        avg(score) over (partition by model_key, benchmark_key) as mean_score
    from all_figures

),

scores as (

    select
        {{ sql_text(active_leaderboard()) }} as leaderboard,
        source_file,
        row_number,
        model_key,
        model,
        benchmark,
        benchmark_key,
        true as is_benchmark,
        score_text,
        has_percent_sign,
        {{ "mean_score" if var("duplicate_scores") == "mean" else "score" }} as score,
        source as score_source
    from placed_figures
    where place = 1

)
{% endif %}
select * from scores
