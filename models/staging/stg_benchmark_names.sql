with

benchmarks as (

    select * from {{ ref('stg_benchmarks') }}

),

aliases as (

    select
        {{ name_key('alias') }} as name_key,
        {{ name_key('benchmark') }} as benchmark_key
    from {{ ref('benchmark_aliases') }}

),

own_names as (

    select
        benchmark_key as name_key,
        benchmark_key
    from benchmarks

),

names as (

    select * from own_names
    union
    select * from aliases
    where name_key not in (select name_key from own_names)

),

benchmark_names as (

    select
        names.name_key,
        min(benchmarks.benchmark) as benchmark,
        benchmarks.benchmark_key,
        min(benchmarks.unit) as unit
    from names
    inner join benchmarks on names.benchmark_key = benchmarks.benchmark_key
    group by names.name_key, benchmarks.benchmark_key

)

select * from benchmark_names
