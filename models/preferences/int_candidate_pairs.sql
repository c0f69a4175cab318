{{ config(materialized='view') }}

with

prompts as (

    select * from {{ ref('int_prompts') }}

),

strategies as (

    select * from {{ ref('int_strategies') }}

),

pair_rules as (

    select * from {{ ref('pair_rules') }}

),

unusable_pairs as (

    select * from {{ ref('int_unusable_pairs') }}

),

unusable_pairs_of_prompts as (

    select
        prompt_id,
        count(*) as n_unusable
    from unusable_pairs
    group by prompt_id

),

placed_pairs as (

    select
        pair_rules.strategy,
        prompts.prompt_id,
        prompts.split,
        case
            when strategies.draws
                then {{ place_from(
                    drawn_place('pair_rules.strategy', 'prompts.prompt_id', 'pair_rules.n_admitted'),
                    'pair_rules.pair_rank',
                    'pair_rules.n_admitted'
                ) }}
            else pair_rules.pair_rank
        end as place,
        pair_rules.chosen_model,
        pair_rules.rejected_model,
        strategies.pairs_wanted,
        strategies.may_take_any,
        strategies.max_length_ratio
    from prompts
    inner join pair_rules on prompts.set_id = pair_rules.set_id
    inner join strategies on pair_rules.strategy = strategies.strategy

),

reachable_pairs as (

    select placed_pairs.*
    from placed_pairs
    left join unusable_pairs_of_prompts
        on placed_pairs.prompt_id = unusable_pairs_of_prompts.prompt_id
    where
        placed_pairs.may_take_any
        or placed_pairs.place
        <= placed_pairs.pairs_wanted + coalesce(unusable_pairs_of_prompts.n_unusable, 0)

),
{% if strategies_with('max_length_ratio') %}
lengths as (

    select
        prompt_id,
        model,
        n_chars
    from {{ ref('int_responses') }}
    where reason is null

),

pairs_of_unlike_length as (

    select
        reachable_pairs.strategy,
        reachable_pairs.prompt_id,
        reachable_pairs.chosen_model,
        reachable_pairs.rejected_model
    from reachable_pairs
    inner join lengths as chosen
        on reachable_pairs.prompt_id = chosen.prompt_id
        and reachable_pairs.chosen_model = chosen.model
    inner join lengths as rejected
        on reachable_pairs.prompt_id = rejected.prompt_id
        and reachable_pairs.rejected_model = rejected.model
    where
        greatest(chosen.n_chars, rejected.n_chars)
        > reachable_pairs.max_length_ratio * least(chosen.n_chars, rejected.n_chars)

),
{% endif %}
candidate_pairs as (

    select
        reachable_pairs.*,
        {% if strategies_with('max_length_ratio') -%}
        coalesce(
            unusable_pairs.reason,
            case when pairs_of_unlike_length.prompt_id is not null then 'length_ratio' end
        ) as reason
        {%- else -%}
        unusable_pairs.reason
        {%- endif %}
    from reachable_pairs
    left join unusable_pairs
        on reachable_pairs.prompt_id = unusable_pairs.prompt_id
        and reachable_pairs.chosen_model = unusable_pairs.chosen_model
        and reachable_pairs.rejected_model = unusable_pairs.rejected_model
    {% if strategies_with('max_length_ratio') -%}
    left join pairs_of_unlike_length
        on reachable_pairs.strategy = pairs_of_unlike_length.strategy
        and reachable_pairs.prompt_id = pairs_of_unlike_length.prompt_id
        and reachable_pairs.chosen_model = pairs_of_unlike_length.chosen_model
        and reachable_pairs.rejected_model = pairs_of_unlike_length.rejected_model
    {%- endif %}

)

select * from candidate_pairs
