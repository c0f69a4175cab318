{{ config(materialized='view') }}

with

files as (

    select * from {{ ref('int_pool_file_summary') }}

),

responses as (

    select
        source_file,
        count(*) filter (where reason is null) as usable_responses
    from {{ ref('int_responses') }}
    group by source_file

),

pool_summary as (

    select
        files.source_file,
        files.shape,
        files.n_records as records,
        files.n_prompts as prompts,
        files.n_responses as responses,
        coalesce(responses.usable_responses, 0) as usable_responses,
        files.n_responses - coalesce(responses.usable_responses, 0) as quarantined_responses,
        files.n_scores as scored_responses
    from files
    left join responses on files.source_file = responses.source_file

)

select * from pool_summary
order by source_file
