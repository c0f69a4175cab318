with

builds as (

    select * from {{ source('builds', 'int_builds') }}

),

build_info as (

    select
        project_version,
        dbt_version,
        engine,
        settings,
        count(*) as n_relations,
        {{ sorted_list('relation') }} as relations
    from builds
    group by project_version, dbt_version, engine, settings

)

select * from build_info
order by n_relations desc, relations
