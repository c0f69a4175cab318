-- Pairs as TRL and most trainers read them: prompt, chosen and rejected are lists of messages.
-- needs: strategy, prompt_id, pair_rank, prompt, chosen, rejected, chosen_model, rejected_model, quality_gap, similarity, label_confidence
select
    [struct_pack(role := 'user', content := prompt)] as prompt,
    [struct_pack(role := 'assistant', content := chosen)] as chosen,
    [struct_pack(role := 'assistant', content := rejected)] as rejected,
    prompt_id,
    chosen_model,
    rejected_model,
    quality_gap,
    similarity,
    label_confidence,
from $relation
order by $rows_order
