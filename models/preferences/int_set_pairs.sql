with

set_models as (

    select * from {{ ref('int_candidate_set_models') }}

),

qualities as (

    select * from {{ ref('model_quality') }}

),

model_pairs as (

    select * from {{ ref('model_pairs') }}

),

ranked_models as (

    select
        set_models.set_id,
        set_models.model,
        row_number() over (
            partition by set_models.set_id order by qualities.quality desc, set_models.model
        ) as place
    from set_models
    inner join qualities on set_models.model = qualities.model

),

set_pairs as (

    select
        chosen.set_id,
        model_pairs.*,
        chosen.place as chosen_rank,
        rejected.place as rejected_rank
    from ranked_models as chosen
    inner join ranked_models as rejected on chosen.set_id = rejected.set_id
    inner join model_pairs
        on chosen.model = model_pairs.chosen_model
        and rejected.model = model_pairs.rejected_model

)

select * from set_pairs
