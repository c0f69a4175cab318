with

set_pairs as (

    select * from {{ ref('int_set_pairs') }}

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
            partition by set_id order by {{ order_terms(strategy.order_by) }}
        ) as pair_rank,
    from {{ name }}_scored
    {% if strategy.get('where') -%}
    where {{ strategy.where }}
    {%- endif %}

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

-- a prompt can lose at most as many pairs as it has pairs of identical responses, so that
-- many more than the pairs wanted are kept, and no pair beyond them can ever be used
prompts as (

    select * from {{ ref('int_prompts') }}

),

identical_responses_of_prompts as (

    select
        prompt_id,
        count(*) as n_identical,
    from {{ ref('int_identical_responses') }}
    group by prompt_id

),

spare_pairs as (

    select
        prompts.set_id,
        max(identical_responses_of_prompts.n_identical) as n_spare,
    from identical_responses_of_prompts
    inner join prompts on identical_responses_of_prompts.prompt_id = prompts.prompt_id
    group by prompts.set_id

),

pair_rules as (

    select
        ranked_pairs.set_id,
        ranked_pairs.strategy,
        ranked_pairs.pair_rank,
        ranked_pairs.chosen_model,
        ranked_pairs.rejected_model,
        ranked_pairs.quality_gap,
        ranked_pairs.similarity,
        ranked_pairs.order_confidence,
        ranked_pairs.label_confidence,
    from ranked_pairs
    left join spare_pairs on ranked_pairs.set_id = spare_pairs.set_id
    where
        ranked_pairs.pair_rank
        <= {{ var('pairs_per_prompt') }} + coalesce(spare_pairs.n_spare, 0)

)

select * from pair_rules
