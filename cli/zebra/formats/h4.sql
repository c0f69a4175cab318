-- The columns of ultrafeedback_binarized. Scores are the models' qualities. Splits train_prefs, test_prefs.
-- needs: messages, prompt, chosen, rejected, chosen_quality, rejected_quality
-- needs: strategy, prompt_id, pair_rank
select
    prompt,
    sha256(prompt) as prompt_id,
    list_append(messages, struct_pack(role := 'assistant', content := chosen)) as chosen,
    list_append(messages, struct_pack(role := 'assistant', content := rejected)) as rejected,
    list_append(messages, struct_pack(role := 'assistant', content := chosen)) as messages,
    chosen_quality as score_chosen,
    rejected_quality as score_rejected,
-- In order already, for outside prompt_id is another one.
from (select * from $relation order by $rows_order)
