{{ config(materialized='view') }}

with

scored_models as (

    select distinct model from {{ ref('behavior_scores') }}

),

pool_models as (

    select distinct model from {{ ref('int_pool_models') }}

),

counted_models as (

    select
        scored_models.model,
        pool_models.model is not null as is_in_pool,
        count(*) over () as n_models
    from scored_models
    left join pool_models on scored_models.model = pool_models.model

),

compared_models as (

    select model from counted_models
    where is_in_pool or n_models <= {{ var('compare_all_up_to') }}

)

select * from compared_models
