-- Input, preferred and non-preferred output: hosted preference fine-tuning.
-- needs: messages, chosen, rejected, strategy, prompt_id, pair_rank
select
    struct_pack(
        messages := messages,
        tools := cast([] as varchar[]),
        parallel_tool_calls := true
    ) as input,
    [struct_pack(role := 'assistant', content := chosen)] as preferred_output,
    [struct_pack(role := 'assistant', content := rejected)] as non_preferred_output,
from $relation as pairs
order by $rows_order
