with

set_pairs as (

    select * from {{ ref('int_set_pairs') }}

),

strategies as (

    select * from {{ ref('int_strategies') }}

),

prompts as (

    select * from {{ ref('int_prompts') }}

),
{% for name, strategy in var('strategies').items() %}
{{ name }}_scored as (

    select
        *,
        {{ weighted_score(strategy.get('weights')) }} as weighted_score,
    from set_pairs

),

{{ name }}_ranked as (

    select
        *,
        row_number() over (
            partition by set_id order by {{ order_terms(strategy.get('order_by', [])) }}
        ) as pair_rank,
        count(*) over (partition by set_id) as n_admitted,
    from {{ name }}_scored
    where {{ strategy_filter(strategy) }}

),
{% endfor %}
ranked_pairs as (
{% for name in var('strategies') %}
    select
        '{{ name }}' as strategy,
        *
    from {{ name }}_ranked
    {{ "union all" if not loop.last }}
{%- endfor %}

),

unusable_pairs_of_prompts as (

    select
        prompt_id,
        count(*) as n_unusable,
    from {{ ref('int_unusable_pairs') }}
    group by prompt_id

),

-- a prompt can lose at most as many pairs as it has unusable ones, so that many more than the
-- pairs wanted are kept, and no pair beyond them can ever be used
spare_pairs as (

    select
        prompts.set_id,
        max(unusable_pairs_of_prompts.n_unusable) as n_spare,
    from unusable_pairs_of_prompts
    inner join prompts on unusable_pairs_of_prompts.prompt_id = prompts.prompt_id
    group by prompts.set_id

),

bounded_pairs as (

    select
        ranked_pairs.*,
        strategies.draws,
        strategies.may_take_any,
        strategies.pairs_wanted + coalesce(spare_pairs.n_spare, 0) as last_place,
    from ranked_pairs
    inner join strategies on ranked_pairs.strategy = strategies.strategy
    left join spare_pairs on ranked_pairs.set_id = spare_pairs.set_id

),

first_pairs as (

    select * from bounded_pairs
    where may_take_any or (not draws and pair_rank <= last_place)

),

draws as (

    select distinct
        bounded_pairs.set_id,
        bounded_pairs.strategy,
        {{ drawn_place('bounded_pairs.strategy', 'prompts.prompt_id', 'bounded_pairs.n_admitted') }}
            as first_place,
    from bounded_pairs
    inner join prompts on bounded_pairs.set_id = prompts.set_id
    where bounded_pairs.draws and not bounded_pairs.may_take_any and bounded_pairs.pair_rank = 1

),

drawn_pairs as (

    select bounded_pairs.*
    from bounded_pairs
    semi join draws
        on bounded_pairs.set_id = draws.set_id
        and bounded_pairs.strategy = draws.strategy
        and {{ place_from('draws.first_place', 'bounded_pairs.pair_rank',
            'bounded_pairs.n_admitted') }} <= bounded_pairs.last_place
    where not bounded_pairs.may_take_any

),

reachable_pairs as (

    select * from first_pairs
    union all
    select * from drawn_pairs

),

pair_rules as (

    select
        set_id,
        strategy,
        pair_rank,
        n_admitted,
        chosen_model,
        rejected_model,
        chosen_quality,
        rejected_quality,
        quality_gap,
        similarity,
        order_confidence,
        label_confidence,
    from reachable_pairs

)

select * from pair_rules
