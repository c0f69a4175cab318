with

names_in_pool as (

    select
        {{ name_key('model') }} as name_key,
        min(trim(model)) as model_as_written,
        count(*) as n_rows
    from {{ ref('stg_pool_responses') }}
    where trim(model) <> ''
    group by {{ name_key('model') }}

),

model_names as (

    select * from {{ ref('int_model_names') }}

),

-- openai/gpt-4 is gpt-4, unless the whole name is known
resolved_names as (

    select
        names_in_pool.*,
        coalesce(model_names.model, names_without_provider.model) as model,
        coalesce(model_names.is_scored, names_without_provider.is_scored, false) as is_scored,
        case
            when model_names.name_key = {{ name_key('model_names.model') }} then 'known'
            when model_names.name_key is not null then 'alias'
            when names_without_provider.name_key is not null then 'provider'
            else 'unknown'
        end as resolution
    from names_in_pool
    left join model_names on names_in_pool.name_key = model_names.name_key
    left join model_names as names_without_provider
        on split_part(names_in_pool.name_key, '/', -1) = names_without_provider.name_key

),

-- only ever shown: no likeness of names decides anything
likenesses as (

    select
        resolved_names.name_key,
        model_names.name_key as near_name,
        {{ text_similarity(
            "split_part(resolved_names.name_key, '/', -1)", 'model_names.name_key'
        ) }} as likeness
    from resolved_names
    cross join model_names
    where resolved_names.resolution = 'unknown'

),

nearest_names as (

    select
        name_key,
        near_name
    from likenesses
    where likeness >= 0.8
    qualify row_number() over (partition by name_key order by likeness desc, near_name) = 1

),

pool_models as (

    select
        resolved_names.*,
        nearest_names.near_name as nearest_name
    from resolved_names
    left join nearest_names on resolved_names.name_key = nearest_names.name_key

)

select * from pool_models
