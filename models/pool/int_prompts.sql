with

usable_responses as (

    select * from {{ ref('int_responses') }}
    where reason is null

),

first_responses as (

    select
        prompt_id,
        source,
        source_file,
        row_number,
    from usable_responses
    qualify
        row_number() over (
            partition by prompt_id order by source_file, row_number, candidate_number
        ) = 1

),

models_of_prompts as (

    select
        prompt_id,
        {{ sorted_list('model') }} as models,
        count(*) as n_candidates,
    from usable_responses
    group by prompt_id

),

prompts as (

    select
        first_responses.prompt_id,
        first_responses.source,
        {{ split_of('first_responses.prompt_id') }} as split,
        models_of_prompts.n_candidates,
        md5({{ joined_list('models_of_prompts.models', "chr(10)") }}) as set_id,
        first_responses.source_file,
        first_responses.row_number,
    from first_responses
    inner join models_of_prompts on first_responses.prompt_id = models_of_prompts.prompt_id

)

select * from prompts
