with

scores_by_normalization as (

    select * from {{ ref('int_scores_by_normalization') }}

),

normalised_scores as (

    select
        model,
        benchmark,
        capability,
        weight,
        raw_score,
        score
    from scores_by_normalization
    where normalization = '{{ var("normalization") }}'

)

select * from normalised_scores
