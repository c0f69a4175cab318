with

pool_responses as (

    select
        source_file,
        shape,
        mapped_columns,
        row_number,
        candidate_number,
        is_malformed,
        prompt_id,
        score
    from {{ ref('stg_pool_responses') }}

),

summaries as (

    select
        source_file,
        min(shape) as shape,
        min(mapped_columns) as mapped_columns,
        count(distinct row_number) as n_records,
        count(*) as n_responses,
        count(distinct prompt_id) as n_prompts,
        count(score) as n_scores,
        count(*) filter (where is_malformed) as n_malformed
    from pool_responses
    group by source_file

)

select * from summaries
