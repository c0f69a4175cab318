with recursive

aliases as (

    select * from {{ ref('stg_model_aliases') }}

),

models as (

    select distinct leaderboard, model_key, model from {{ ref('stg_benchmark_scores') }}
    where is_benchmark
    union all
    select distinct leaderboard, model_key, model from {{ ref('stg_scores_elsewhere') }}

),

same_names as (

    select alias_key as name_key, model_key as other_key from aliases
    union
    select model_key as name_key, alias_key as other_key from aliases

),

-- names that share a row of aliases are one model's, and so are those that a third one links
groups as (

    {{ linked_names('same_names', 'groups') }}

),

names_of_models as (

    select
        leaderboard,
        model_key as name_key,
        model,
        'name' as named_by
    from models

),

names_by_alias as (

    select
        models.leaderboard,
        groups.name_key,
        models.model,
        'alias' as named_by
    from groups
    inner join models on groups.other_key = models.model_key

),

bare_names as (

    select
        leaderboard,
        split_part(model_key, '/', -1) as name_key,
        model,
        'bare_name' as named_by
    from models
    where model_key like '%/%'

),

-- google/gemma-2-9b-it is gemma-2-9b-it too, unless the aliases say which model that is
other_names as (

    select * from names_by_alias
    union all
    select * from bare_names
    anti join groups on bare_names.name_key = groups.name_key

),

possible_models as (

    select * from names_of_models
    union all
    select * from other_names
    anti join models
        on other_names.leaderboard = models.leaderboard
        and other_names.name_key = models.model_key

),

-- of several models none is taken
model_names as (

    select
        leaderboard,
        name_key,
        case when count(distinct model) = 1 then min(model) end as model,
        min(named_by) as named_by,
        {{ joined_list(sorted_list('distinct model'), "' or '") }} as possible_models
    from possible_models
    group by leaderboard, name_key

)

select * from model_names
