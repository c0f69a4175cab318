{% macro pool_shape__arena_texts() %}
    {# Prompt and answers are texts, or each a list of the texts of one side's turns. #}
    {% set fields = battle_fields() %}
    {% do fields.update(
        {
            "prompt": {"names": ["prompt", "text", "instruction", "question"], "type": "TURNS"},
            "response_a": {"names": ["response_a", "completion_a", "answer_a"], "type": "TURNS"},
            "response_b": {"names": ["response_b", "completion_b", "answer_b"], "type": "TURNS"},
        }
    ) %}
    {% do return(
        {
            "fields": fields,
            "source": "source",
            "answers": lists_in_one(
                turns_answered("prompt", "response_a", "model_a", battle_score("a")),
                turns_answered("prompt", "response_b", "model_b", battle_score("b")),
            ),
        }
    ) %}
{% endmacro %}
