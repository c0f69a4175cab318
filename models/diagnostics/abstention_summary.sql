with

abstentions as (

    select
        strategy,
        reason
    from {{ ref('abstentions') }}

),

abstention_summary as (

    select
        strategy,
        reason,
        count(*) as prompts
    from abstentions
    group by strategy, reason

)

select * from abstention_summary
order by strategy, reason
