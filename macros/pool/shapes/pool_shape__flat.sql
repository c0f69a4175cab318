{% macro pool_shape__flat() %}
    {% do return(
        {
            "fields": {
                "prompt": {"names": ["prompt", "instruction", "question", "input"]},
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
            "prompt": "prompt",
            "source": "source",
            "candidates": list_of(candidate("model", "response", "score")),
        }
    ) %}
{% endmacro %}
