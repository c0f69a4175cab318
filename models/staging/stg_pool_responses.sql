{{ config(
    materialized='incremental',
    incremental_strategy='append',
    on_schema_change='fail',
    pre_hook="{{ forget_stale_pool_files(this, ref('stg_pool_files')) }}",
) }}
-- depends_on: {{ ref('stg_pool_files') }}
-- depends_on: {{ ref('sample_responses') }}
-- depends_on: {{ ref('refusal_phrases') }}

with

pool_rows as (
{% for file in pool_files_to_read(ref('stg_pool_files'), this if is_incremental() else none) %}
    {{ read_pool_file(file[0], file[1]) }}
    {{ "union all" if not loop.last }}
{%- else %}
    {{ no_pool_rows() }}
{%- endfor %}

),

trimmed_rows as (

    select
        *,
        -- null where there is nothing to trim, which is nearly always: trimming is slow
        case
            when left(response, 1) <= ' ' or right(response, 1) <= ' '
                then {{ trimmed('response') }}
        end as trimmed_response,
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
        prompt_id,
        is_empty_prompt,
        holds_prompt,
        prompt,
        history,
        {{ prompt_group('history', 'prompt') }} as prompt_group,
        md5({{ folded('prompt') }}) as folded_prompt_md5,
        {{ opening_key('prompt') }} as prompt_opening_key,
        source,
        model,
        response,
        md5(response) as response_md5,
        md5(trimmed_response) as trimmed_md5,
        coalesce(trimmed_response = '', false) as is_empty_response,
        {{ opening_key('response') }} as opening_key,
        {{ refuses('response', ref('refusal_phrases')) }} as refuses,
        length(response) as n_chars,
        case when score between -1e300 and 1e300 then score end as score,
        case when rating between -1e300 and 1e300 then rating end as rating,
    from trimmed_rows

)

select * from measured_rows
