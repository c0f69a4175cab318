{% macro pool_shape__conversation() %}
    {% do return(
        {
            "fields": {
                "messages": {"names": ["messages", "prompt"], "type": messages_type()},
                "model": {
                    "names": ["model", "generator", "model_name", "model_id"],
                    "or_file_name": true,
                },
                "response": {
                    "names": ["response", "output", "completion", "generation", "answer"]
                },
                "source": {"names": ["source", "dataset"], "optional": true},
                "score": {"names": ["score", "rating"], "optional": true},
            },
            "messages": "messages",
            "source": "source",
            "candidates": list_of(candidate("model", "response", "score")),
        }
    ) %}
{% endmacro %}
