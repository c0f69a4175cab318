-- TRL's SFTTrainer: messages, with the best model's chosen answer to each prompt
-- needs: messages, chosen, chosen_model, chosen_quality, strategy, prompt_id, pair_rank
-- trainers read: messages
select list_append(messages, struct_pack(role := 'assistant', content := chosen)) as messages
from (
    select * from $relation
    qualify
        row_number() over (
            partition by prompt_id order by chosen_quality desc, chosen_model, $rows_order
        ) = 1
)
order by $rows_order
