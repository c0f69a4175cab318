-- Three strings, no chat template: base models, verl. Turns before the last stand in the prompt.
-- needs: messages, chosen, rejected, strategy, prompt_id, pair_rank
-- needs: chosen_model, rejected_model, quality_gap, similarity, label_confidence
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
    label_confidence,
from $relation
order by $rows_order
