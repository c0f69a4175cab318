{{ config(materialized='table', pre_hook="{{ refuse_audit_sheets() }}") }}

with
{% if paths_of('audit_path') %}
source as (

    {{ audit_rows() }}

),
{% else %}
source as (

    select
        cast(null as string) as source_file,
        cast(null as bigint) as row_number,
        cast(null as string) as key,
        cast(null as string) as verdict,
        cast(null as string) as judge,
        cast(null as string) as file_name
    where false

),
{% endif %}
verdicts as (

    select
        source_file,
        row_number,
        coalesce(lower({{ trimmed('key') }}), '') as key,
        lower({{ trimmed('verdict') }}) as verdict,
        lower(coalesce(nullif({{ trimmed('judge') }}, ''), file_name)) as judge
    from source
    -- blank: not judged
    where {{ trimmed('verdict') }} <> ''

)

select * from verdicts
