-- readers of ultrafeedback_binarized: its columns and splits (train_prefs, test_prefs)
-- with the models' qualities as scores
-- needs: messages, prompt, chosen, rejected, chosen_quality, rejected_quality
-- needs: strategy, prompt_id, pair_rank
-- trainers read: prompt, messages, chosen, rejected
select
    prompt,
    sha256(prompt) as prompt_id,
    list_append(messages, struct_pack(role := 'assistant', content := chosen)) as chosen,
    list_append(messages, struct_pack(role := 'assistant', content := rejected)) as rejected,
    list_append(messages, struct_pack(role := 'assistant', content := chosen)) as messages,
    chosen_quality as score_chosen,
    rejected_quality as score_rejected
-- In order already, for outside prompt_id is another one.
from (select * from $relation order by $rows_order)
