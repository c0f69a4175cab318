{{ config(severity='warn') }}

select
    model,
    benchmark,
    raw_score,
    chance
from {{ ref('int_benchmark_figures') }}
where
    case when higher_is_better then raw_score <= chance else raw_score >= chance end
    and chance not in (0, ceiling)
