with

benchmarks as (

    select * from {{ ref('stg_benchmarks') }}

),

aliases as (

    select
        trim(alias) as name,
        {{ name_key('benchmark') }} as benchmark_key,
        coalesce(lower(trim(part)) = 'true', false) as is_part
    from {{ ref('benchmark_aliases') }}

),

names as (

    select
        benchmark as name,
        benchmark_key,
        false as is_part,
        1 as precedence
    from benchmarks
    union all
    select
        name,
        benchmark_key,
        is_part,
        2 as precedence
    from aliases

),

keyed_names as (

    select
        names.*,
        {{ benchmark_name_key('names.name') }} as name_key,
        benchmarks.benchmark,
        benchmarks.unit
    from names
    inner join benchmarks on names.benchmark_key = benchmarks.benchmark_key

),

-- a benchmark's own name goes before an alias of another
benchmark_names as (

    select
        name_key,
        min_by(name, precedence || name) as name,
        min_by(benchmark, precedence || name) as benchmark,
        min_by(benchmark_key, precedence || name) as benchmark_key,
        min_by(unit, precedence || name) as unit,
        min_by(is_part, precedence || name) as is_part
    from keyed_names
    group by name_key

)

select * from benchmark_names
