-- readers of UltraFeedback: its columns and those of the ZEBRA authors' release, such as
-- most_similar_pair
-- needs: prompt, messages, chosen, rejected, chosen_model, rejected_model
-- needs: chosen_quality, rejected_quality, source, strategy, prompt_id, pair_rank
-- trainers read: prompt, chosen, rejected
select
    source,
    prompt as instruction,
    [chosen_model, rejected_model] as models,
    [
        struct_pack(model := chosen_model, response := chosen, overall_score := chosen_quality),
        struct_pack(
            model := rejected_model, response := rejected, overall_score := rejected_quality
        )
    ] as completions,
    prompt,
    [chosen_model, rejected_model] as most_similar_pair,
    list_append(messages, struct_pack(role := 'assistant', content := chosen)) as chosen,
    list_append(messages, struct_pack(role := 'assistant', content := rejected)) as rejected,
    pair_rank as kinship_rank
from $relation as pairs
order by $rows_order
