with

texts as (

    select
        prompt_id,
        model,
        trimmed_md5
    from {{ ref('int_responses') }}
    where reason is null

)

select pairs.pair_id
from {{ ref('preference_pairs') }} as pairs
inner join texts as chosen
    on pairs.prompt_id = chosen.prompt_id and pairs.chosen_model = chosen.model
inner join texts as rejected
    on pairs.prompt_id = rejected.prompt_id and pairs.rejected_model = rejected.model
where chosen.trimmed_md5 = rejected.trimmed_md5
