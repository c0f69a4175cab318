{#- Pairs to look at, for each strategy. -#}
{%- set pairs_shown = 8 -%}
with

pairs as (

    select * from {{ ref('preference_pairs') }}

),

confidences as (

    select
        pair_id,
        strategy,
        label_confidence
    from {{ ref('preference_pairs') }}

),

prompts as (

    select
        prompt_id,
        set_id
    from {{ ref('int_prompts') }}

),

rules as (

    select * from {{ ref('pair_rules') }}

),

-- tenths of the range of label_confidence, 0.5 to 1
binned_pairs as (

    select
        pair_id,
        strategy,
        least(floor((label_confidence - 0.5) * 20), 9) as confidence_bin
    from confidences

),

-- pair_id is a hash, so that its order tells nothing of a pair
first_pairs_of_bins as (

    select
        *,
        row_number() over (
            partition by strategy, confidence_bin order by pair_id
        ) as place_in_bin
    from binned_pairs
    qualify place_in_bin <= {{ pairs_shown }}

),

-- one of each tenth that has pairs, then a second one, until there are enough
drawn_pairs as (

    select pair_id
    from first_pairs_of_bins
    qualify
        row_number() over (
            partition by strategy order by place_in_bin, confidence_bin
        ) <= {{ pairs_shown }}

),

pair_examples as (

    select
        pairs.pair_id,
        pairs.strategy,
        row_number() over (
            partition by pairs.strategy order by pairs.label_confidence, pairs.pair_id
        ) as place,
        pairs.prompt_id,
        prompts.set_id,
        rules.pair_rank as rule_rank,
        rules.n_admitted as rules_of_set,
        pairs.chosen_response_id,
        pairs.rejected_response_id,
        pairs.chosen_model,
        pairs.rejected_model,
        pairs.quality_gap,
        pairs.similarity,
        pairs.order_confidence,
        pairs.label_confidence
    from pairs
    inner join drawn_pairs on pairs.pair_id = drawn_pairs.pair_id
    inner join prompts on pairs.prompt_id = prompts.prompt_id
    inner join rules
        on prompts.set_id = rules.set_id
        and pairs.strategy = rules.strategy
        and pairs.chosen_model = rules.chosen_model
        and pairs.rejected_model = rules.rejected_model

)

select * from pair_examples
order by strategy, place
