{{ config(materialized='view') }}

with

pool_names as (

    select name_key from {{ ref('int_pool_models') }}

),

model_names as (

    select * from {{ ref('int_model_names') }}

),

-- as int_pool_models resolves names
known_names as (

    select
        model_names.leaderboard,
        pool_names.name_key
    from pool_names
    inner join model_names on pool_names.name_key = model_names.name_key
    where model_names.model is not null
    union
    select
        model_names.leaderboard,
        pool_names.name_key
    from pool_names
    inner join model_names on split_part(pool_names.name_key, '/', -1) = model_names.name_key
    where model_names.model is not null and model_names.named_by <> 'bare_name'

),

leaderboards as (

    select
        leaderboard,
        count(distinct model) as models
    from model_names
    where named_by = 'name'
    group by leaderboard

),

coverage as (

    select
        leaderboards.leaderboard,
        leaderboards.leaderboard = {{ sql_text(active_leaderboard()) }} as is_active,
        leaderboards.models,
        (
            select count(*) from known_names
            where known_names.leaderboard = leaderboards.leaderboard
        ) as known_models,
        (select count(*) from pool_names) as pool_models
    from leaderboards

)

select * from coverage
