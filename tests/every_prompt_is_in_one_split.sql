-- and so are prompts that differ in nothing but case and white space
select
    prompts.prompt_group,
    count(distinct pairs.split) as n_splits
from {{ ref('preference_pairs') }} as pairs
inner join {{ ref('int_prompts') }} as prompts on pairs.prompt_id = prompts.prompt_id
group by prompts.prompt_group
having count(distinct pairs.split) > 1
