{%- do _check_unusable_pairs() -%}
{%- set reasons = ['identical_responses'] + var('unusable_pairs')
    + (['same_prefix'] if var('distinct_prefix') else []) -%}
with

usable_responses as (

    select
        prompt_id,
        model,
        refuses
    from {{ ref('int_responses') }}
    where reason is null

),

folded_texts as (

    select * from {{ ref('int_folded_texts') }}

),

model_pairs as (

    select
        chosen_model,
        rejected_model
    from {{ ref('model_pairs') }}

),

text_keys as (

    select prompt_id, model, 'identical_responses' as reason, trimmed_md5 as text_key
    from folded_texts
    union all
    select prompt_id, model, 'same_folded_text' as reason, folded_md5 as text_key
    from folded_texts
    union all
    select prompt_id, model, 'same_prefix' as reason, prefix_md5 as text_key
    from folded_texts

),

pairs_of_one_text as (

    select
        texts_a.prompt_id,
        texts_a.model as chosen_model,
        texts_b.model as rejected_model,
        texts_a.reason
    from text_keys as texts_a
    inner join text_keys as texts_b
        on texts_a.prompt_id = texts_b.prompt_id
        and texts_a.reason = texts_b.reason
        and texts_a.text_key = texts_b.text_key

),

pairs_of_a_repeated_prompt as (

    select
        chosen.prompt_id,
        chosen.model as chosen_model,
        rejected.model as rejected_model,
        'repeats_prompt' as reason
    from folded_texts
    inner join usable_responses as chosen on folded_texts.prompt_id = chosen.prompt_id
    inner join usable_responses as rejected on folded_texts.prompt_id = rejected.prompt_id
    where
        folded_texts.repeats_prompt
        and folded_texts.model in (chosen.model, rejected.model)

),

pairs_with_a_chosen_refusal as (

    select
        chosen.prompt_id,
        chosen.model as chosen_model,
        rejected.model as rejected_model,
        'chosen_refuses' as reason
    from usable_responses as chosen
    inner join usable_responses as rejected on chosen.prompt_id = rejected.prompt_id
    where chosen.refuses

),

suspected_pairs as (

    select * from pairs_of_one_text
    union all
    select * from pairs_of_a_repeated_prompt
    union all
    select * from pairs_with_a_chosen_refusal

),

reasons as (
{% for reason in reasons %}
    select '{{ reason }}' as reason, {{ loop.index }} as precedence
    {{ "union all" if not loop.last }}
{%- endfor %}

),

unusable_pairs as (

    select
        suspected_pairs.prompt_id,
        suspected_pairs.chosen_model,
        suspected_pairs.rejected_model,
        min_by(reasons.reason, reasons.precedence) as reason
    from suspected_pairs
    inner join reasons on suspected_pairs.reason = reasons.reason
    inner join model_pairs
        on suspected_pairs.chosen_model = model_pairs.chosen_model
        and suspected_pairs.rejected_model = model_pairs.rejected_model
    group by
        suspected_pairs.prompt_id, suspected_pairs.chosen_model, suspected_pairs.rejected_model

)

select * from unusable_pairs
