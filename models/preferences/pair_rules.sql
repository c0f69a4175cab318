with

prompts as (

    select * from {{ ref('int_prompts') }}

),

model_pairs as (

    select * from {{ ref('model_pairs') }}

),

unusable_pairs_of_prompts as (

    select
        prompt_id,
        count(*) as n_unusable
    from {{ ref('int_unusable_pairs') }}
    group by prompt_id

),

-- a prompt can lose at most as many pairs as it has unusable ones, so that many more than the
-- pairs wanted are kept, and no pair beyond them can ever be used
spare_pairs as (

    select
        prompts.set_id,
        max(unusable_pairs_of_prompts.n_unusable) as n_spare
    from unusable_pairs_of_prompts
    inner join prompts on unusable_pairs_of_prompts.prompt_id = prompts.prompt_id
    group by prompts.set_id

),

set_pairs as (

    select
        set_pairs.*,
        coalesce(spare_pairs.n_spare, 0) as n_spare
    from {{ ref('int_set_pairs') }} as set_pairs
    left join spare_pairs on set_pairs.set_id = spare_pairs.set_id

),
{% for name, strategy in configured_strategies().items() %}
strategy_{{ name }}_scored as (

    select
        *,
        {{ weighted_score(strategy.get('weights')) }} as weighted_score
    from set_pairs

),

strategy_{{ name }}_ranked as (

    select
        set_id,
        n_spare,
        chosen_model,
        rejected_model,
        row_number() over (
            partition by set_id order by {{ order_terms(strategy.get('order_by', [])) }}
        ) as pair_rank,
        count(*) over (partition by set_id) as n_admitted
    from strategy_{{ name }}_scored
    where {{ strategy_filter(strategy) }}

),
{% if may_take_any_pair(strategy) %}
strategy_{{ name }}_rules as (

    select * from strategy_{{ name }}_ranked

),
{% elif strategy.get('draw') %}
strategy_{{ name }}_draws as (

    select distinct
        first_pairs.set_id,
        {{ drawn_place("'" ~ name ~ "'", 'prompts.prompt_id', 'first_pairs.n_admitted') }}
            as first_place
    from strategy_{{ name }}_ranked as first_pairs
    inner join prompts on first_pairs.set_id = prompts.set_id
    where first_pairs.pair_rank = 1

),

strategy_{{ name }}_rules as (

    select distinct ranked.*
    from strategy_{{ name }}_ranked as ranked
    inner join strategy_{{ name }}_draws as draws on ranked.set_id = draws.set_id
    where
        {{ place_from('draws.first_place', 'ranked.pair_rank', 'ranked.n_admitted') }}
        <= {{ pairs_wanted(strategy) }} + ranked.n_spare

),
{% else %}
strategy_{{ name }}_rules as (

    select * from strategy_{{ name }}_ranked
    where pair_rank <= {{ pairs_wanted(strategy) }} + n_spare

),
{% endif %}
{%- endfor %}
rules as (
{% for name in configured_strategies() %}
    select
        '{{ name }}' as strategy,
        *
    from strategy_{{ name }}_rules
    {{ "union all" if not loop.last }}
{%- endfor %}

),

pair_rules as (

    select
        rules.set_id,
        rules.strategy,
        rules.pair_rank,
        rules.n_admitted,
        rules.chosen_model,
        rules.rejected_model,
        model_pairs.chosen_quality,
        model_pairs.rejected_quality,
        model_pairs.quality_gap,
        model_pairs.similarity,
        model_pairs.order_confidence,
        model_pairs.label_confidence
    from rules
    inner join model_pairs
        on rules.chosen_model = model_pairs.chosen_model
        and rules.rejected_model = model_pairs.rejected_model

)

select * from pair_rules
