with

admissible_pairs as (

    select * from {{ ref('int_candidate_pairs') }}
    where reason is null

),

model_pairs as (

    select * from {{ ref('model_pairs') }}

),

usable_responses as (

    select
        response_id,
        prompt_id,
        model,
        n_chars,
        refuses
    from {{ ref('int_responses') }}
    where reason is null

),
{% if strategies_with('max_model_share') %}
allotments as (

    select * from {{ ref('int_model_allotments') }}

),

allotted_pairs as (

    select admissible_pairs.*
    from admissible_pairs
    left join allotments
        on admissible_pairs.strategy = allotments.strategy
        and admissible_pairs.prompt_id = allotments.prompt_id
    where
        admissible_pairs.strategy not in ('{{ strategies_with("max_model_share") | join("', '") }}')
        or admissible_pairs.chosen_model = allotments.chosen_model

),
{% else %}
allotted_pairs as (

    select * from admissible_pairs

),
{% endif %}
first_pairs as (

    select
        strategy,
        prompt_id,
        split,
        chosen_model,
        rejected_model,
        row_number() over (partition by prompt_id, strategy order by place) as pair_rank
    from allotted_pairs
    qualify pair_rank <= coalesce(pairs_wanted, pair_rank)

),

-- before the responses are joined: what is put in order is carried along
ranked_pairs as (

    select
        first_pairs.*,
        model_pairs.quality_gap,
        model_pairs.similarity,
        model_pairs.order_confidence,
        model_pairs.label_confidence,
        model_pairs.chosen_quality,
        model_pairs.rejected_quality,
        row_number() over (
            partition by first_pairs.strategy
            order by
                model_pairs.quality_gap desc,
                model_pairs.similarity nulls first,
                first_pairs.prompt_id,
                first_pairs.pair_rank
        ) as curriculum_rank
    from first_pairs
    inner join model_pairs
        on first_pairs.chosen_model = model_pairs.chosen_model
        and first_pairs.rejected_model = model_pairs.rejected_model

),

preference_pairs as (

    select
        {{ pair_id('ranked_pairs.strategy', 'chosen.response_id', 'rejected.response_id') }}
            as pair_id,
        ranked_pairs.strategy,
        ranked_pairs.prompt_id,
        ranked_pairs.pair_rank,
        chosen.response_id as chosen_response_id,
        rejected.response_id as rejected_response_id,
        ranked_pairs.chosen_model,
        ranked_pairs.rejected_model,
        ranked_pairs.quality_gap,
        ranked_pairs.similarity,
        ranked_pairs.order_confidence,
        ranked_pairs.label_confidence,
        ranked_pairs.chosen_quality,
        ranked_pairs.rejected_quality,
        ranked_pairs.curriculum_rank,
        chosen.n_chars as chosen_chars,
        rejected.n_chars as rejected_chars,
        chosen.refuses as chosen_refuses,
        rejected.refuses as rejected_refuses,
        ranked_pairs.split
    from ranked_pairs
    inner join usable_responses as chosen
        on ranked_pairs.prompt_id = chosen.prompt_id
        and ranked_pairs.chosen_model = chosen.model
    inner join usable_responses as rejected
        on ranked_pairs.prompt_id = rejected.prompt_id
        and ranked_pairs.rejected_model = rejected.model

)

select * from preference_pairs
