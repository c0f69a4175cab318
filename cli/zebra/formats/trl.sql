-- Pairs as TRL and most trainers read them: each text a list of messages.
-- needs: messages, chosen, rejected, strategy, prompt_id, pair_rank
-- needs: chosen_model, rejected_model, quality_gap, similarity, label_confidence
select
    messages as prompt,
    [struct_pack(role := 'assistant', content := chosen)] as chosen,
    [struct_pack(role := 'assistant', content := rejected)] as rejected,
    prompt_id,
    chosen_model,
    rejected_model,
    quality_gap,
    similarity,
    label_confidence,
from $relation
order by strategy, prompt_id, pair_rank
