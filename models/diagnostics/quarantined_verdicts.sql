{{ config(materialized='view') }}

with

refused_verdicts as (

    select * from {{ ref('int_verdicts') }}
    where reason is not null

),

quarantined_verdicts as (

    select
        source_file,
        row_number,
        key,
        judge,
        verdict,
        reason,
        case reason
            when 'not_a_verdict' then 'a verdict is a, b or tie'
            when 'unknown_key'
                then 'the key names no two usable responses to one prompt of this database'
            when 'equal_quality'
                then 'the two models are of equal quality in this database: no label to measure'
            when 'contradicting_verdicts'
                then 'judge ' || judge || ' has given this key another verdict too'
            when 'repeated_verdict'
                then 'judge ' || judge || ' has given this key the same verdict in an earlier row'
        end as detail
    from refused_verdicts

)

select * from quarantined_verdicts
order by source_file, row_number
