-- hosted preference fine-tuning: input, preferred_output, non_preferred_output
-- needs: messages, chosen, rejected, strategy, prompt_id, pair_rank
-- trainers read: input
select
    struct_pack(
        messages := messages,
        tools := cast([] as varchar[]),
        parallel_tool_calls := true
    ) as input,
    [struct_pack(role := 'assistant', content := chosen)] as preferred_output,
    [struct_pack(role := 'assistant', content := rejected)] as non_preferred_output
from $relation as pairs
order by $rows_order
