-- TRL's DPOTrainer, OpenRLHF, Axolotl: prompt, chosen, rejected as lists of messages
-- needs: messages, chosen, rejected, strategy, prompt_id, pair_rank
-- needs: chosen_model, rejected_model, quality_gap, similarity, label_confidence
-- trainers read: prompt, chosen, rejected, margin
select
    messages as prompt,
    [struct_pack(role := 'assistant', content := chosen)] as chosen,
    [struct_pack(role := 'assistant', content := rejected)] as rejected,
    $margin
    prompt_id,
    chosen_model,
    rejected_model,
    quality_gap,
    similarity,
    label_confidence
from $relation
order by $rows_order
