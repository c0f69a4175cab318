-- base models, verl: three strings without a chat template; earlier turns stand in the prompt
-- needs: messages, chosen, rejected, strategy, prompt_id, pair_rank
-- needs: chosen_model, rejected_model, quality_gap, similarity, label_confidence
-- trainers read: prompt, chosen, rejected, margin
select
    case
        when len(messages) = 1 then messages[1].content
        else array_to_string(
            list_transform(messages, lambda turn: turn.role || ': ' || turn.content),
            chr(10) || chr(10)
        )
    end as prompt,
    chosen,
    rejected,
    $margin
    prompt_id,
    chosen_model,
    rejected_model,
    quality_gap,
    similarity,
    label_confidence
from $relation
order by $rows_order
