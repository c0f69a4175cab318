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

scored_pairs as (

    select
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

)

select * from scored_pairs
