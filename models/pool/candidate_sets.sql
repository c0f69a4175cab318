with

set_models as (

    select * from {{ ref('int_candidate_set_models') }}

),

candidate_sets as (

    select
        set_id,
        {{ sorted_list('model') }} as models,
        count(*) as n_models,
        min(n_prompts) as n_prompts
    from set_models
    group by set_id

)

select * from candidate_sets
