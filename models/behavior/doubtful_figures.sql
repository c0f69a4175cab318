{{ config(materialized='view') }}

with

expected_figures as (

    select
        *,
        (raw_score - chance) / (ceiling - chance) as share_of_the_way,
        (expected_score - chance) / (ceiling - chance) as expected_share_of_the_way
    from {{ ref('int_expected_figures') }}

),

figures_with_reasons as (

    select
        *,
        case
            -- small models are rightly at chance, those that should be clear of it are not
            when share_of_the_way <= 0.02 and expected_share_of_the_way >= 0.1 then 'at_chance'
            when abs(deviation) > {{ var('doubt_above') }} then 'off_the_line'
        end as reason
    from expected_figures

),

doubtful_figures as (

    select
        model,
        benchmark,
        raw_score as score,
        expected_score,
        deviation,
        reason
    from figures_with_reasons
    where reason is not null

)

select * from doubtful_figures
order by abs(deviation) desc, model, benchmark
