-- TRL's RewardTrainer, torchtune, open-instruct: two whole conversations
-- needs: messages, chosen, rejected, strategy, prompt_id, pair_rank
-- needs: chosen_model, rejected_model, quality_gap, similarity, label_confidence
-- trainers read: chosen, rejected, margin
select
    list_append(messages, struct_pack(role := 'assistant', content := chosen)) as chosen,
    list_append(messages, struct_pack(role := 'assistant', content := rejected)) as rejected,
    $margin
    prompt_id,
    chosen_model,
    rejected_model,
    quality_gap,
    similarity,
    label_confidence
from $relation
order by $rows_order
