with
{% if pool_paths() %}
source as (

    {{ list_pool_files() }}

),

files as (

    select
        source_file,
        size_bytes,
        modified_at,
        md5(
            size_bytes || '|' || coalesce(cast(modified_at as varchar), '') || '|'
            || '{{ var("responses_format") }}' || '|' || '{{ pool_reader_version() }}'
        ) as file_fingerprint,
    from source

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
        {{ content_fingerprint(['prompt', 'model', 'response', 'source']) }} as file_fingerprint,
    from source

)
{% endif %}
select * from files
