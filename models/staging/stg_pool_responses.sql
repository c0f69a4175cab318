{{ config(
    materialized=pool_materialization(),
    incremental_strategy='append',
    pre_hook="{{ forget_stale_pool_files(this, ref('stg_pool_files')) }}",
    post_hook=["{{ look_at_unread_records(this) }}", "{{ note_pool(this) }}"],
) }}
-- depends_on: {{ ref('stg_pool_files') }}
-- depends_on: {{ ref('sample_responses') }}
-- depends_on: {{ ref('refusal_phrases') }}

{%- set shapes = pool_shapes() if execute else {} %}

with

pool_rows as (
{% for file in pool_files_to_read(ref('stg_pool_files'), this if is_incremental() else none) %}
    {{ read_pool_file(look_at_pool_file(file[0], shapes), file[1]) }}
    {{ "union all" if not loop.last }}
{%- else %}
    {{ no_pool_rows() }}
{%- endfor %}

),

cleaned_rows as (

    select
        *,
        -- null where there is nothing to trim, which is nearly always
        nullif({{ trimmed('response') }}, response) as trimmed_response,
        {{ folded('prompt') }} as folded_prompt
    from pool_rows

),

measured_rows as (

    select
        source_file,
        file_fingerprint,
        shape,
        mapped_columns,
        row_number,
        candidate_number,
        is_malformed,
        is_unreadable_text,
        prompt_id,
        is_empty_prompt,
        holds_prompt,
        prompt,
        history,
        {{ prompt_group('history', 'folded_prompt') }} as prompt_group,
        md5(folded_prompt) as folded_prompt_md5,
        {{ opening_key('prompt') }} as prompt_opening_key,
        source,
        model,
        model_is_file_name,
        response,
        md5(response) as response_md5,
        md5(trimmed_response) as trimmed_md5,
        coalesce(coalesce(trimmed_response, response) = '', false) as is_empty_response,
        {{ opening_key('response') }} as opening_key,
        {{ refuses('response', ref('refusal_phrases')) }} as refuses,
        length(response) as n_chars,
        case when score between -1e300 and 1e300 then score end as score,
        case when rating between -1e300 and 1e300 then rating end as rating
    from cleaned_rows

)

select * from measured_rows
