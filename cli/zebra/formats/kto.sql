-- TRL's KTOTrainer: prompt, completion, label, without answers that are chosen in one pair
-- and rejected in another
-- needs: messages, chosen, rejected, chosen_response_id, rejected_response_id
-- needs: strategy, prompt_id, pair_rank
-- trainers read: prompt, completion, label
with

pairs as (

    select * from $relation

),

sides as (

    select *, chosen_response_id as response_id, chosen as response, true as label from pairs
    union all
    select *, rejected_response_id as response_id, rejected as response, false as label from pairs

),

answers as (

    select
        *,
        bool_and(label) over (partition by prompt_id, response_id) as is_always_chosen,
        bool_or(label) over (partition by prompt_id, response_id) as is_ever_chosen,
        row_number() over (
            partition by prompt_id, response_id order by $rows_order
        ) as place_among_its_pairs
    from sides

)

select
    messages as prompt,
    [struct_pack(role := 'assistant', content := response)] as completion,
    label
from answers
where is_always_chosen = is_ever_chosen and place_among_its_pairs = 1
order by $rows_order, label desc, response_id
