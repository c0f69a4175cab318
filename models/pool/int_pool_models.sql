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
    where leaderboard = {{ sql_text(active_leaderboard()) }}

),

scored_models as (

    select model from {{ ref('model_quality') }}
    where quality is not null

),

-- openai/gpt-4 is gpt-4, unless the whole name is known; another provider's gpt-4 it is not
named_models as (

    select
        names_in_pool.*,
        coalesce(whole_names.model, names_without_provider.model) as model,
        case
            when whole_names.named_by = 'name' then 'known'
            when whole_names.named_by = 'alias' then 'alias'
            else 'provider'
        end as found_by,
        coalesce(whole_names.possible_models, names_without_provider.possible_models)
            as possible_models
    from names_in_pool
    left join model_names as whole_names on names_in_pool.name_key = whole_names.name_key
    left join model_names as names_without_provider
        on split_part(names_in_pool.name_key, '/', -1) = names_without_provider.name_key
        and names_without_provider.named_by <> 'bare_name'
        and whole_names.name_key is null

),

resolved_names as (

    select
        named_models.name_key,
        named_models.model_as_written,
        named_models.n_rows,
        named_models.model,
        scored_models.model is not null as is_scored,
        case when named_models.model is null then 'unknown' else named_models.found_by end
            as resolution,
        named_models.possible_models
    from named_models
    left join scored_models on named_models.model = scored_models.model

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
    where resolved_names.resolution = 'unknown' and resolved_names.possible_models is null

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
        resolved_names.name_key,
        resolved_names.model_as_written,
        resolved_names.n_rows,
        resolved_names.model,
        resolved_names.is_scored,
        resolved_names.resolution,
        case
            when resolved_names.resolution = 'unknown'
                then coalesce(resolved_names.possible_models, nearest_names.near_name)
        end as nearest_name
    from resolved_names
    left join nearest_names on resolved_names.name_key = nearest_names.name_key

)

select * from pool_models
