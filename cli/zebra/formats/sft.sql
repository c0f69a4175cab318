-- The best model's chosen answer to each prompt, as one conversation: supervised fine-tuning.
-- needs: messages, chosen, chosen_model, chosen_quality, strategy, prompt_id, pair_rank
select list_append(messages, struct_pack(role := 'assistant', content := chosen)) as messages
from (
    select * from $relation
    qualify
        row_number() over (
            partition by prompt_id order by chosen_quality desc, chosen_model, $rows_order
        ) = 1
)
order by $rows_order
