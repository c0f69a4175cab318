{{ config(materialized='view') }}

with

verdicts as (

    select
        *,
        split_part(key, '-', 1) as response_id_a,
        split_part(key, '-', 2) as response_id_b,
        verdict in ('a', 'b', 'tie') as is_verdict
    from {{ ref('stg_verdicts') }}
    {% if not paths_of('audit_path') -%}
    -- said aloud, so that no response is looked at for verdicts that nobody gave
    where false
    {%- endif %}

),

responses as (

    select
        response_id,
        prompt_id,
        model,
        n_chars
    from {{ ref('int_responses') }}
    where reason is null

),

qualities as (

    select
        model,
        quality
    from {{ ref('model_quality') }}

),

asked_keys as (

    select distinct
        key,
        response_id_a,
        response_id_b
    from verdicts

),

asked_pairs as (

    select
        asked_keys.key,
        responses_a.prompt_id,
        responses_a.model as model_a,
        responses_b.model as model_b,
        responses_a.n_chars as chars_a,
        responses_b.n_chars as chars_b,
        qualities_a.quality as quality_a,
        qualities_b.quality as quality_b
    from asked_keys
    inner join responses as responses_a on asked_keys.response_id_a = responses_a.response_id
    inner join responses as responses_b
        on asked_keys.response_id_b = responses_b.response_id
        and responses_a.prompt_id = responses_b.prompt_id
        and responses_a.model <> responses_b.model
    inner join qualities as qualities_a on responses_a.model = qualities_a.model
    inner join qualities as qualities_b on responses_b.model = qualities_b.model

),

-- the order is that of the models in this build, whatever it was when the sheet was written
ordered_pairs as (

    select
        key,
        prompt_id,
        case when quality_a > quality_b then 'a' when quality_a < quality_b then 'b' end
            as chosen_side,
        case when quality_a > quality_b then model_a else model_b end as chosen_model,
        case when quality_a > quality_b then model_b else model_a end as rejected_model,
        round(abs(quality_a - quality_b), 9) as quality_gap,
        case when quality_a > quality_b then chars_a else chars_b end as chosen_chars,
        case when quality_a > quality_b then chars_b else chars_a end as rejected_chars
    from asked_pairs

),

compared_verdicts as (

    select
        *,
        min(verdict) over (partition by key, judge, is_verdict) as first_verdict,
        max(verdict) over (partition by key, judge, is_verdict) as last_verdict,
        row_number() over (
            partition by key, judge, is_verdict order by source_file, row_number
        ) as times_given
    from verdicts

),

int_verdicts as (

    select
        compared_verdicts.source_file,
        compared_verdicts.row_number,
        compared_verdicts.key,
        compared_verdicts.judge,
        compared_verdicts.verdict,
        case
            when not compared_verdicts.is_verdict then 'not_a_verdict'
            when ordered_pairs.key is null then 'unknown_key'
            when ordered_pairs.chosen_side is null then 'equal_quality'
            when compared_verdicts.first_verdict <> compared_verdicts.last_verdict
                then 'contradicting_verdicts'
            when compared_verdicts.times_given > 1 then 'repeated_verdict'
        end as reason,
        ordered_pairs.prompt_id,
        ordered_pairs.chosen_model,
        ordered_pairs.rejected_model,
        ordered_pairs.quality_gap,
        ordered_pairs.chosen_chars,
        ordered_pairs.rejected_chars,
        case
            when compared_verdicts.verdict = 'tie' then 0.5
            when compared_verdicts.verdict = ordered_pairs.chosen_side then 1
            else 0
        end as outcome
    from compared_verdicts
    left join ordered_pairs on compared_verdicts.key = ordered_pairs.key

)

select * from int_verdicts
