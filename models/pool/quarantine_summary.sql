with

quarantined_responses as (

    select
        source_file,
        reason
    from {{ ref('quarantined_responses') }}

),

quarantine_summary as (

    select
        reason,
        count(*) as responses,
        count(distinct source_file) as files
    from quarantined_responses
    group by reason

)

select * from quarantine_summary
order by reason
