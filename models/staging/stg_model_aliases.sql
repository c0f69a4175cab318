with

source as (

    select * from {{ ref('model_aliases') }}

),

typed as (

    select
        {{ name_key('alias') }} as alias_key,
        trim(alias) as alias,
        trim(model) as model,
        {{ name_key('model') }} as model_key
    from source

)

select * from typed
