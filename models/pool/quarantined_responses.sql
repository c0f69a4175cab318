with

refused_responses as (

    select * from {{ ref('int_responses') }}
    where reason is not null

),

quarantined_responses as (

    select
        source_file,
        row_number,
        candidate_number,
        model_as_written as model,
        prompt_id,
        reason,
        case reason
            when 'malformed_line' then 'the line is not valid JSON in UTF-8'
            when 'unreadable_text'
                then 'prompt or response is no text: an image, a list or an object'
            when 'missing_model'
                then 'the file has no column of models, and its name is no known model'
            when 'missing_field'
                then 'without '
                    || case
                        when prompt_id is null then 'a prompt'
                        when coalesce(trim(model_as_written), '') = '' then 'a model'
                        else 'a response'
                    end
            when 'empty_prompt' then 'the prompt is blank'
            when 'excluded_source' then 'source ' || source || ' is in var exclude_sources'
            when 'unknown_model'
                then 'neither on the leaderboard nor, by model_aliases.csv, a model of it'
            when 'unscored_model'
                then 'model ' || model || ' has no score, or too few for var min_coverage'
            when 'empty_response' then 'the response is blank'
            when 'duplicate_model'
                then 'model ' || model || ' answered this prompt in '
                    {%- if var('responses_table') is none %} || 'an earlier row'
                    {%- else %} || 'another row, whose response_id is no higher'
                    {%- endif %}
                    || case when is_mean_score then ' with this; its score is the mean' else '' end
        end as detail
    from refused_responses

)

select * from quarantined_responses
