with

-- what a refusal is gets decided on reading, so that other phrases mean another reading
phrases as (

    select {{ content_fingerprint(['phrase']) }} as phrases_fingerprint
    from {{ ref('refusal_phrases') }}

),
{% if not pool_is_sample() %}
source as (

    {{ list_pool_files() }}

),

files as (

    select
        source_file,
        size_bytes,
        modified_at,
        md5(
            {{ state_of_pool_file() }} || '|'
            || '{{ var("responses_format") }}' || '|'
            || {{ sql_text(tojson(var("responses_columns"))) }} || '|'
            || '{{ pool_reader_version() }}' || '|'
            || phrases.phrases_fingerprint
        ) as file_fingerprint
    from source
    cross join phrases

)
{% else %}
source as (

    select * from {{ ref('sample_responses') }}

),

files as (

    select
        'sample_responses' as source_file,
        cast(sum(length(response)) as bigint) as size_bytes,
        cast(null as timestamp) as modified_at,
        md5(
            {{ content_fingerprint(['prompt', 'model', 'response', 'source']) }} || '|'
            || min(phrases.phrases_fingerprint)
        ) as file_fingerprint
    from source
    cross join phrases

)
{% endif %}
select * from files
