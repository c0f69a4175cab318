-- LLaMA-Factory: sharegpt ranking rows; a folder gets dataset_info.json
-- needs: messages, chosen, rejected, strategy, prompt_id, pair_rank
-- trainers read: conversations, chosen, rejected
select
    list_transform(
        messages,
        lambda turn: struct_pack(
            "from" := case turn.role when 'user' then 'human' when 'assistant' then 'gpt'
                else turn.role end,
            value := turn.content
        )
    ) as conversations,
    struct_pack("from" := 'gpt', value := chosen) as chosen,
    struct_pack("from" := 'gpt', value := rejected) as rejected
from $relation as pairs
order by $rows_order
