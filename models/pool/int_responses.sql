with

pool_responses as (

    select
        source_file,
        row_number,
        candidate_number,
        is_malformed,
        prompt_id,
        is_empty_prompt,
        holds_prompt,
        prompt_group,
        folded_prompt_md5,
        prompt_opening_key,
        source,
        model as model_as_written,
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
            when pool_models.model is null then 'unknown_model'
            when not pool_models.is_scored then 'unscored_model'
            when pool_responses.is_empty_response then 'empty_response'
        end as reason
    from pool_responses
    left join pool_models on pool_responses.name_key = pool_models.name_key

),

placed_responses as (

    select
        *,
        row_number() over (
            partition by prompt_id, model, reason
            order by source_file, row_number, candidate_number
        ) as place_among_duplicates
    from named_responses

),

judged_responses as (

    select
        source_file,
        row_number,
        candidate_number,
        prompt_id,
        holds_prompt,
        prompt_group,
        folded_prompt_md5,
        prompt_opening_key,
        source,
        model_as_written,
        model,
        {{ response_id('prompt_id', 'model', 'response_md5') }} as response_id,
        response_md5,
        trimmed_md5,
        opening_key,
        refuses,
        n_chars,
        score,
        case
            when reason is null and place_among_duplicates > 1 then 'duplicate_model'
            else reason
        end as reason
    from placed_responses

)

select * from judged_responses
