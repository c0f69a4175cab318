{{ config(severity='warn') }}

select
    benchmark,
    count(*) as n_models
from {{ ref('int_benchmark_figures') }}
group by benchmark
having max(raw_score) = min(raw_score)
