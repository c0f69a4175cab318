{{ config(materialized='view') }}

with

scored_responses as (

    select * from {{ ref('int_scored_responses') }}

),

qualities as (

    select
        model,
        quality
    from {{ ref('model_quality') }}

),

responses_of_known_quality as (

    select
        scored_responses.*,
        qualities.quality
    from scored_responses
    inner join qualities on scored_responses.model = qualities.model

),

pairs_by_scores as (

    select
        'scores' as source,
        better.prompt_id,
        better.model as chosen_model,
        worse.model as rejected_model,
        round(better.quality - worse.quality, 9) as quality_gap,
        better.n_chars as chosen_chars,
        worse.n_chars as rejected_chars,
        (1 + sign(better.score - worse.score)) / 2 as outcome
    from responses_of_known_quality as better
    inner join responses_of_known_quality as worse
        on better.prompt_id = worse.prompt_id and better.quality > worse.quality

),

judged_pairs as (

    select
        prompt_id,
        chosen_model,
        rejected_model,
        quality_gap,
        chosen_chars,
        rejected_chars,
        count(*) filter (where outcome = 1) as for_chosen,
        count(*) filter (where outcome = 0) as for_rejected,
        count(*) filter (where outcome = 0.5) as for_neither
    from {{ ref('int_verdicts') }}
    where reason is null
    group by
        prompt_id, chosen_model, rejected_model, quality_gap, chosen_chars, rejected_chars

),

-- one outcome for each pair, however many judges it had: their verdicts are not independent
pairs_by_verdicts as (

    select
        'verdicts' as source,
        prompt_id,
        chosen_model,
        rejected_model,
        quality_gap,
        chosen_chars,
        rejected_chars,
        case
            when for_chosen > greatest(for_rejected, for_neither) then 1
            when for_rejected > greatest(for_chosen, for_neither) then 0
            else 0.5
        end as outcome
    from judged_pairs

),

scored_pairs as (

    select * from pairs_by_scores
    union all
    select * from pairs_by_verdicts

)

select * from scored_pairs
