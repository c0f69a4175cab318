with

pairs as (

    select * from {{ ref('preference_pairs') }}

),

first_pairs as (

    select * from pairs
    where pair_rank = 1

),

prompts_of_both as (

    select
        first_pairs_a.strategy as strategy_a,
        first_pairs_b.strategy as strategy_b,
        count(*) as prompts_paired_by_both,
        count(*) filter (
            where first_pairs_a.chosen_model = first_pairs_b.chosen_model
            and first_pairs_a.rejected_model = first_pairs_b.rejected_model
        ) as same_pair,
        count(*) filter (
            where first_pairs_a.chosen_model = first_pairs_b.chosen_model
        ) as same_chosen
    from first_pairs as first_pairs_a
    inner join first_pairs as first_pairs_b
        on first_pairs_a.prompt_id = first_pairs_b.prompt_id
        and first_pairs_a.strategy < first_pairs_b.strategy
    group by first_pairs_a.strategy, first_pairs_b.strategy

),

orders as (

    select distinct
        strategy,
        chosen_model,
        rejected_model
    from pairs

),

opposite_orders as (

    select
        orders_a.strategy as strategy_a,
        orders_b.strategy as strategy_b,
        count(*) as opposite_order
    from orders as orders_a
    inner join orders as orders_b
        on orders_a.chosen_model = orders_b.rejected_model
        and orders_a.rejected_model = orders_b.chosen_model
        and orders_a.strategy < orders_b.strategy
    group by orders_a.strategy, orders_b.strategy

),

strategy_overlap as (

    select
        prompts_of_both.strategy_a,
        prompts_of_both.strategy_b,
        prompts_of_both.prompts_paired_by_both,
        prompts_of_both.same_pair,
        prompts_of_both.same_chosen,
        coalesce(opposite_orders.opposite_order, 0) as opposite_order
    from prompts_of_both
    left join opposite_orders
        on prompts_of_both.strategy_a = opposite_orders.strategy_a
        and prompts_of_both.strategy_b = opposite_orders.strategy_b

)

select * from strategy_overlap
order by strategy_a, strategy_b
