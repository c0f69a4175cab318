-- nor does a strategy without such a limit abstain because of one
with

chosen_shares as (

    select
        strategies.strategy,
        balance.model,
        balance.chosen_share
    from {{ ref('model_balance') }} as balance
    inner join {{ ref('int_strategies') }} as strategies on balance.strategy = strategies.strategy
    where round(balance.chosen_share, 9) > strategies.max_model_share

),

abstentions_without_limit as (

    select distinct
        strategies.strategy,
        cast(null as string) as model,
        cast(null as double) as chosen_share
    from {{ ref('abstentions') }} as abstentions
    inner join {{ ref('int_strategies') }} as strategies
        on abstentions.strategy = strategies.strategy
    where abstentions.reason = 'model_share' and strategies.max_model_share is null

)

select * from chosen_shares
union all
select * from abstentions_without_limit
