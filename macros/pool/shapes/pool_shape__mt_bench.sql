{% macro pool_shape__mt_bench() %}
    {# The questions stand in question.jsonl, in the same folder or the one above. #}
    {% do return(
        {
            "fields": {
                "question_id": {"names": ["question_id"]},
                "model": {"names": ["model_id"], "or_file_name": true},
                "choices": {
                    "names": ["choices"], "type": [{"index": "BIGINT", "turns": ["TEXT"]}]
                },
            },
            "questions": "question.jsonl",
            "source": "'mt_bench'",
            "answers": "flatten("
            ~ list_of_each("choices", turns_answered("question_turns", "item.turns", "model"))
            ~ ")",
        }
    ) %}
{% endmacro %}
