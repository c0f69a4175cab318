with

qualities as (

    select * from {{ ref('model_quality') }}

),

aliases as (

    select distinct alias_key, model, model_key from {{ ref('stg_model_aliases') }}

),

names_of_scored_models as (

    select
        {{ name_key('model') }} as name_key,
        model,
        quality is not null as is_scored
    from qualities

),

names_from_aliases as (

    select
        aliases.alias_key as name_key,
        coalesce(names_of_scored_models.model, aliases.model) as model,
        coalesce(names_of_scored_models.is_scored, false) as is_scored
    from aliases
    left join names_of_scored_models on aliases.model_key = names_of_scored_models.name_key

),

model_names as (

    select * from names_of_scored_models
    union
    select * from names_from_aliases

)

select * from model_names
