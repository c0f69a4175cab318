{{ config(post_hook="{{ stop_on_pool_without_models(this) }}") }}

with

pool_responses as (

    select
        source_file,
        row_number,
        candidate_number,
        is_malformed,
        is_unreadable_text,
        prompt_id,
        is_empty_prompt,
        holds_prompt,
        prompt_group,
        folded_prompt_md5,
        prompt_opening_key,
        source,
        model as model_as_written,
        model_is_file_name,
        {{ name_key('model') }} as name_key,
        response_md5,
        coalesce(trimmed_md5, response_md5) as trimmed_md5,
        opening_key,
        is_empty_response,
        refuses,
        n_chars,
        score
    from {{ ref('stg_pool_responses') }}

),

pool_models as (

    select * from {{ ref('int_pool_models') }}

),

named_responses as (

    select
        pool_responses.*,
        pool_models.model,
        case
            when pool_responses.is_malformed then 'malformed_line'
            when pool_responses.is_unreadable_text then 'unreadable_text'
            when
                pool_responses.prompt_id is null
                or coalesce(pool_responses.name_key, '') = ''
                or pool_responses.response_md5 is null
                then 'missing_field'
            when pool_responses.is_empty_prompt then 'empty_prompt'
            {%- if var('exclude_sources') %}
            when pool_responses.source in (
                {%- for source in var('exclude_sources') -%}
                {{ sql_text(source) }}{{ ', ' if not loop.last }}
                {%- endfor -%}
            ) then 'excluded_source'
            {%- endif %}
            when pool_responses.model_is_file_name and pool_models.model is null
                then 'missing_model'
            when pool_models.model is null then 'unknown_model'
            when not pool_models.is_scored then 'unscored_model'
            when pool_responses.is_empty_response then 'empty_response'
        end as reason
    from pool_responses
    left join pool_models on pool_responses.name_key = pool_models.name_key

),

-- few prompts, so that only theirs are put in order
repeated_models as (

    select
        prompt_id,
        model
    from named_responses
    where reason is null
    group by prompt_id, model
    having count(*) > 1

),

later_responses as (

    select
        named_responses.source_file,
        named_responses.row_number,
        named_responses.candidate_number
    from named_responses
    inner join repeated_models
        on named_responses.prompt_id = repeated_models.prompt_id
        and named_responses.model = repeated_models.model
    where named_responses.reason is null
    qualify
        row_number() over (
            partition by named_responses.prompt_id, named_responses.model
            order by {{ place_in_pool(response_id(
                'named_responses.prompt_id', 'named_responses.model', 'named_responses.response_md5'
            )) }}
        ) > 1

),

-- one answer with the verdicts of several judges; rounded, for a mean hangs on the order of rows
mean_scores as (

    select
        named_responses.prompt_id,
        named_responses.model,
        named_responses.response_md5,
        round(avg(named_responses.score), 9) as score
    from named_responses
    inner join repeated_models
        on named_responses.prompt_id = repeated_models.prompt_id
        and named_responses.model = repeated_models.model
    where named_responses.reason is null
    group by
        named_responses.prompt_id, named_responses.model, named_responses.response_md5
    having min(named_responses.score) < max(named_responses.score)

),

judged_responses as (

    select
        named_responses.source_file,
        named_responses.row_number,
        named_responses.candidate_number,
        named_responses.prompt_id,
        holds_prompt,
        prompt_group,
        folded_prompt_md5,
        prompt_opening_key,
        source,
        model_as_written,
        named_responses.model,
        {{ response_id(
            'named_responses.prompt_id', 'named_responses.model', 'named_responses.response_md5'
        ) }} as response_id,
        named_responses.response_md5,
        trimmed_md5,
        opening_key,
        refuses,
        n_chars,
        coalesce(mean_scores.score, named_responses.score) as score,
        mean_scores.score is not null as is_mean_score,
        case
            when later_responses.row_number is not null then 'duplicate_model'
            else named_responses.reason
        end as reason
    from named_responses
    left join later_responses
        on named_responses.source_file = later_responses.source_file
        and named_responses.row_number = later_responses.row_number
        and named_responses.candidate_number = later_responses.candidate_number
    left join mean_scores
        on named_responses.prompt_id = mean_scores.prompt_id
        and named_responses.model = mean_scores.model
        and named_responses.response_md5 = mean_scores.response_md5

)

select * from judged_responses
