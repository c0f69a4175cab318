{% macro pool_shape__arena() %}
    {# Each answer of a conversation has what was said before it for its prompt; the verdict is on
       the whole of it, and so the score of its last answer. #}
    {% set fields = battle_fields() %}
    {% do fields.update(
        {
            "conversation_a": {"names": ["conversation_a"], "type": "MESSAGES"},
            "conversation_b": {"names": ["conversation_b"], "type": "MESSAGES"},
        }
    ) %}
    {% do return(
        {
            "fields": fields,
            "source": "source",
            "answers": lists_in_one(
                answers_in_conversation("conversation_a", "model_a", battle_score("a")),
                answers_in_conversation("conversation_b", "model_b", battle_score("b")),
            ),
        }
    ) %}
{% endmacro %}
