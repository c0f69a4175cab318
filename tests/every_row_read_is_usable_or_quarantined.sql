with

rows_read as (

    select
        source_file,
        count(*) as n_read
    from {{ ref('stg_pool_responses') }}
    group by source_file

),

rows_used as (

    select
        source_file,
        count(*) as n_usable
    from {{ ref('responses') }}
    group by source_file

),

rows_refused as (

    select
        source_file,
        count(*) as n_quarantined
    from {{ ref('quarantined_responses') }}
    group by source_file

),

files as (

    select
        rows_read.source_file,
        rows_read.n_read,
        coalesce(rows_used.n_usable, 0) as n_usable,
        coalesce(rows_refused.n_quarantined, 0) as n_quarantined
    from rows_read
    left join rows_used on rows_read.source_file = rows_used.source_file
    left join rows_refused on rows_read.source_file = rows_refused.source_file

)

select * from files
where n_read <> n_usable + n_quarantined
