{{ config(materialized='view') }}

with

responses as (

    select
        model,
        count(*) as responses,
        avg(n_chars) as mean_chars
    from {{ ref('int_responses') }}
    where reason is null
    group by model

),

qualities as (

    select
        model,
        quality,
        quality_rank
    from {{ ref('model_quality') }}

),

pool_models as (

    select
        responses.model,
        row_number() over (order by responses.responses desc, responses.model) as place,
        responses.responses,
        round(responses.mean_chars, 6) as mean_chars,
        qualities.quality,
        qualities.quality_rank
    from responses
    inner join qualities on responses.model = qualities.model

)

select * from pool_models
order by place
