{{ config(materialized='view') }}

with

pairs as (

    select
        strategy,
        pair_id,
        prompt_id,
        chosen_response_id,
        rejected_response_id,
        label_confidence
    from {{ ref('preference_pairs') }}

),

prompts as (

    select
        prompt_id,
        messages
    from {{ ref('prompts') }}

),

responses as (

    select
        response_id,
        response
    from {{ ref('responses') }}

),

-- as many strata as pairs are wanted, all as large: each pair is as likely to be drawn, and so the
-- share of labels that judges confirm is that of the strategy
strata as (

    select
        *,
        ntile({{ var('audit_pairs') }}) over (
            partition by strategy order by label_confidence, pair_id
        ) as stratum
    from pairs

),

-- by a hash that all strategies share, so that they often draw the same pair, and that no key shows
drawn_pairs as (

    select *
    from strata
    qualify
        row_number() over (
            partition by strategy, stratum
            order by md5('audit' || chosen_response_id || rejected_response_id), pair_id
        ) = 1

),

questions as (

    select distinct
        prompt_id,
        {{ audit_key('chosen_response_id', 'rejected_response_id') }} as key
    from drawn_pairs

),

audit_sample as (

    select
        questions.key,
        {{ spreadsheet_text(conversation_text('prompts.messages')) }} as prompt,
        {{ spreadsheet_text('responses_a.response') }} as answer_a,
        {{ spreadsheet_text('responses_b.response') }} as answer_b,
        cast(null as string) as verdict,
        cast(null as string) as judge
    from questions
    inner join prompts on questions.prompt_id = prompts.prompt_id
    inner join responses as responses_a
        on split_part(questions.key, '-', 1) = responses_a.response_id
    inner join responses as responses_b
        on split_part(questions.key, '-', 2) = responses_b.response_id

)

select * from audit_sample
