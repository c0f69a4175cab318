{{ config(materialized='table') }}
-- depends_on: {{ ref('stg_benchmark_names') }}

with

cells as (
{% if execute and var('leaderboard') is not none %}
    {{ leaderboard_cells(leaderboard_files()) }}
{% else %}
    {{ no_leaderboard_cells() }}
{% endif %}
),

bare_cells as (

    select
        *,
        -- what is plain, which is nearly all, need not be looked through for the rest
        case
            when {{ is_plain_text("model") }} then model
            else {{ name_without_markup("coalesce(model, '')") }}
        end as model_name,
        case
            when {{ is_plain_text("score_text") }} then score_text
            else {{ bare_number("coalesce(score_text, '')") }}
        end as bare_text
    from cells

),

typed_cells as (

    select
        file_number,
        source_file,
        board,
        shape,
        row_number,
        column_number,
        -- one spelling per column, however a header or the rows of a long file write it
        min(column_name) over (
            partition by file_number, source_file, {{ benchmark_name_key('column_name') }}
        ) as column_name,
        model_name as model,
        {{ name_key('model_name') }} as model_key,
        trim(score_text) as score_text,
        {{ is_missing_figure('bare_text') }} as is_missing,
        contains(score_text, '%') as has_percent_sign,
        bare_text like '%,%' as has_comma,
        {{ is_decorated_figure('score_text') }} as is_decorated,
        {{ number_with_thousands('bare_text') }} as number_with_thousands,
        {{ number_with_decimal_comma('bare_text') }} as number_with_decimal_comma,
        stated_unit,
        source
    from bare_cells

)

select * from typed_cells
