-- UltraFeedback's columns with two completions, the chosen one first. One turn: earlier ones are lost.
-- needs: prompt, chosen, rejected, chosen_model, rejected_model, chosen_quality, rejected_quality
-- needs: source, strategy, prompt_id, pair_rank
select
    source,
    prompt as instruction,
    [chosen_model, rejected_model] as models,
    [
        struct_pack(model := chosen_model, response := chosen, overall_score := chosen_quality),
        struct_pack(model := rejected_model, response := rejected, overall_score := rejected_quality)
    ] as completions,
from $relation as pairs
order by $rows_order
