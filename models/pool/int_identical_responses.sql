with

usable_responses as (

    select
        prompt_id,
        model,
        trimmed_md5,
    from {{ ref('int_responses') }}
    where reason is null

),

shared_texts as (

    select
        prompt_id,
        trimmed_md5,
    from usable_responses
    group by prompt_id, trimmed_md5
    having count(*) > 1

),

responses_of_shared_texts as (

    select usable_responses.*
    from usable_responses
    inner join shared_texts
        on usable_responses.prompt_id = shared_texts.prompt_id
        and usable_responses.trimmed_md5 = shared_texts.trimmed_md5

),

identical_responses as (

    select
        responses_a.prompt_id,
        responses_a.model as model_a,
        responses_b.model as model_b,
    from responses_of_shared_texts as responses_a
    inner join responses_of_shared_texts as responses_b
        on responses_a.prompt_id = responses_b.prompt_id
        and responses_a.trimmed_md5 = responses_b.trimmed_md5
        and responses_a.model < responses_b.model

)

select * from identical_responses
