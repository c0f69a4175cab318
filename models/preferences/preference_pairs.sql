with

admissible_pairs as (

    select * from {{ ref('int_candidate_pairs') }}
    where reason is null

),

usable_responses as (

    select
        {{ response_id('prompt_id', 'model', 'response_md5') }} as response_id,
        prompt_id,
        model,
        n_chars,
        refuses,
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
        *,
        row_number() over (partition by prompt_id, strategy order by place) as pair_rank,
    from allotted_pairs
    qualify pair_rank <= coalesce(pairs_wanted, pair_rank)

),

preference_pairs as (

    select
        {{ pair_id('first_pairs.strategy', 'chosen.response_id', 'rejected.response_id') }}
            as pair_id,
        first_pairs.strategy,
        first_pairs.prompt_id,
        first_pairs.pair_rank,
        chosen.response_id as chosen_response_id,
        rejected.response_id as rejected_response_id,
        first_pairs.chosen_model,
        first_pairs.rejected_model,
        first_pairs.quality_gap,
        first_pairs.similarity,
        first_pairs.order_confidence,
        first_pairs.label_confidence,
        first_pairs.chosen_quality,
        first_pairs.rejected_quality,
        row_number() over (
            partition by first_pairs.strategy
            order by
                first_pairs.quality_gap desc,
                first_pairs.similarity nulls first,
                first_pairs.prompt_id,
                first_pairs.pair_rank
        ) as curriculum_rank,
        chosen.n_chars as chosen_chars,
        rejected.n_chars as rejected_chars,
        chosen.refuses as chosen_refuses,
        rejected.refuses as rejected_refuses,
        first_pairs.split,
    from first_pairs
    inner join usable_responses as chosen
        on first_pairs.prompt_id = chosen.prompt_id
        and first_pairs.chosen_model = chosen.model
    inner join usable_responses as rejected
        on first_pairs.prompt_id = rejected.prompt_id
        and first_pairs.rejected_model = rejected.model

)

select * from preference_pairs
