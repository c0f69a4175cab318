{# UltraFeedback: 10 was written where 1 was meant; the mean of the ratings tells. #}
{{ config(severity='warn') }}

select
    source_file,
    row_number,
    candidate_number,
    score,
    rating
from {{ ref('stg_pool_responses') }}
where shape = 'ultrafeedback' and score = 10 and rating <= 2
