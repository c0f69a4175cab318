with

sides as (

    select strategy, chosen_model as model, 1 as n_chosen, 0 as n_rejected
    from {{ ref('preference_pairs') }}
    union all
    select strategy, rejected_model as model, 0 as n_chosen, 1 as n_rejected
    from {{ ref('preference_pairs') }}

),

counts as (

    select
        strategy,
        model,
        cast(sum(n_chosen) as bigint) as times_chosen,
        cast(sum(n_rejected) as bigint) as times_rejected
    from sides
    group by strategy, model

),

model_balance as (

    select
        strategy,
        model,
        times_chosen,
        times_rejected,
        round(times_chosen / cast(sum(times_chosen) over (partition by strategy) as double), 9)
            as chosen_share,
        round(
            times_rejected / cast(sum(times_rejected) over (partition by strategy) as double), 9
        ) as rejected_share,
        times_chosen - times_rejected as net
    from counts

)

select * from model_balance
order by strategy, times_chosen desc, model
