{{ config(
    pre_hook="{{ stop_on_unusable_pool(
        ref('int_responses'), ref('int_pool_models'), ref('int_leaderboard_coverage')
    ) }}"
) }}

-- depends_on: {{ ref('int_pool_models') }}
-- depends_on: {{ ref('int_leaderboard_coverage') }}

with

usable_responses as (

    select * from {{ ref('int_responses') }}
    where reason is null

),

first_responses as (

    select
        prompt_id,
        source
    from usable_responses
    qualify
        row_number() over (
            partition by prompt_id order by {{ place_in_pool('response_id') }}
        ) = 1

),

-- the first row in which the text stands, usable or not
places_of_texts as (

    select
        prompt_id,
        prompt_group,
        folded_prompt_md5,
        prompt_opening_key,
        source_file,
        row_number,
        candidate_number
    from {{ ref('int_responses') }}
    where holds_prompt
    qualify
        row_number() over (
            partition by prompt_id order by {{ place_in_pool('response_id') }}
        ) = 1

),

models_of_prompts as (

    select
        prompt_id,
        {{ sorted_list('model') }} as models,
        count(*) as n_candidates
    from usable_responses
    group by prompt_id

),

prompts as (

    select
        first_responses.prompt_id,
        first_responses.source,
        places_of_texts.prompt_group,
        places_of_texts.folded_prompt_md5,
        places_of_texts.prompt_opening_key,
        {{ split_of('places_of_texts.prompt_group') }} as split,
        models_of_prompts.n_candidates,
        md5({{ joined_list('models_of_prompts.models', "chr(10)") }}) as set_id,
        places_of_texts.source_file,
        places_of_texts.row_number,
        places_of_texts.candidate_number
    from first_responses
    inner join places_of_texts on first_responses.prompt_id = places_of_texts.prompt_id
    inner join models_of_prompts on first_responses.prompt_id = models_of_prompts.prompt_id

)

select * from prompts
