{{ config(materialized='table') }}
-- depends_on: {{ ref('benchmark_scores') }}

with

cells as (

    {{ read_leaderboard(var('leaderboard') or 'seeds') }}

),

benchmark_names as (

    select * from {{ ref('stg_benchmark_names') }}

),

named_cells as (

    select
        cells.*,
        {{ name_key('cells.model') }} as model_key,
        coalesce(benchmark_names.benchmark, trim(cells.benchmark)) as known_benchmark,
        benchmark_names.benchmark_key is not null as is_benchmark,
        benchmark_names.unit,
        trim(cells.score_text) like '%\%' escape '\' as has_percent_sign,
        {{ score_number('cells.score_text') }} as score_as_written
    from cells
    left join benchmark_names on {{ name_key('cells.benchmark') }} = benchmark_names.name_key

),

-- a column of a file is in one unit; of the seeds each figure is in the benchmark's
measured_cells as (

    select
        *,
        {% if var('leaderboard') is none -%}
        cast(null as double) as lowest_score,
        cast(null as double) as highest_score
        {%- else -%}
        min(score_as_written) over (partition by benchmark) as lowest_score,
        max(score_as_written) over (partition by benchmark) as highest_score
        {%- endif %}
    from named_cells

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
            'score_as_written', 'has_percent_sign', 'unit', 'lowest_score', 'highest_score'
        ) }} as score,
        source as score_source
    from measured_cells

)

select * from scores
