with

source as (

    select * from {{ ref('benchmarks') }}

),

typed as (

    select
        trim(benchmark) as benchmark,
        lower(trim(capability)) as capability,
        trim(metric) as metric,
        lower(trim(unit)) as unit,
        try_cast(trim(chance) as double) as chance,
        try_cast(trim(ceiling) as double) as ceiling,
        try_cast(lower(trim(higher_is_better)) as boolean) as higher_is_better,
        case
            when coalesce(trim(weight), '') = '' then 1.0
            else try_cast(trim(weight) as double)
        end as weight,
        {{ name_key('benchmark') }} as benchmark_key,
        -- blank where there is none, as for an Elo; what is written has to be a number
        (coalesce(trim(chance), '') <> '' and try_cast(trim(chance) as double) is null)
        or (coalesce(trim(ceiling), '') <> '' and try_cast(trim(ceiling) as double) is null)
            as has_unreadable_bound
    from source

)

select * from typed
