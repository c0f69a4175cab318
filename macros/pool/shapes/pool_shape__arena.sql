{% macro pool_shape__arena() %}
    {# From the second turn on the two conversations differ, and then so do their prompts. #}
    {% do return(
        {
            "fields": {
                "model_a": {"names": ["model_a"]},
                "model_b": {"names": ["model_b"]},
                "conversation_a": {"names": ["conversation_a"], "type": messages_type()},
                "conversation_b": {"names": ["conversation_b"], "type": messages_type()},
                "winner": {"names": ["winner"], "optional": true},
                "source": {"names": ["source", "dataset"], "optional": true},
            },
            "source": "source",
            "answers": list_of(
                answer(
                    all_but_last("conversation_a"),
                    "model_a",
                    last_content("conversation_a"),
                    "case when winner = 'model_a' then '1' when winner = 'model_b' then '0'"
                    ~ " when winner is not null then '0.5' end",
                ),
                answer(
                    all_but_last("conversation_b"),
                    "model_b",
                    last_content("conversation_b"),
                    "case when winner = 'model_b' then '1' when winner = 'model_a' then '0'"
                    ~ " when winner is not null then '0.5' end",
                ),
            ),
        }
    ) %}
{% endmacro %}
