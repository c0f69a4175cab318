select
    prompt_id,
    count(distinct split) as n_splits,
from {{ ref('preference_pairs') }}
group by prompt_id
having count(distinct split) > 1
