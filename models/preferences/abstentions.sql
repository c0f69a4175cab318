with

prompts as (

    select * from {{ ref('int_prompts') }}

),

strategies as (
{% for name in var('strategies') %}
    select '{{ name }}' as strategy
    {{ "union all" if not loop.last }}
{%- endfor %}

),

sets_with_an_order as (

    select distinct set_id from {{ ref('int_set_pairs') }}

),

sets_with_a_rule as (

    select distinct set_id, strategy from {{ ref('pair_rules') }}

),

paired_prompts as (

    select distinct prompt_id, strategy from {{ ref('preference_pairs') }}

),

abstentions as (

    select
        strategies.strategy,
        prompts.prompt_id,
        case
            when prompts.n_candidates = 1 then 'single_candidate'
            when sets_with_an_order.set_id is null then 'tie'
            when sets_with_a_rule.set_id is null then 'no_pair_passes_filter'
            else 'identical_responses'
        end as reason,
    from prompts
    cross join strategies
    left join sets_with_an_order on prompts.set_id = sets_with_an_order.set_id
    left join sets_with_a_rule
        on prompts.set_id = sets_with_a_rule.set_id
        and strategies.strategy = sets_with_a_rule.strategy
    left join paired_prompts
        on prompts.prompt_id = paired_prompts.prompt_id
        and strategies.strategy = paired_prompts.strategy
    where paired_prompts.prompt_id is null

)

select * from abstentions
