{% macro pool_shape__ultrafeedback() %}
    {% do return(
        {
            "fields": {
                "instruction": {"names": ["instruction"]},
                "completions": {
                    "names": ["completions"],
                    "type": [
                        {
                            "model": "VARCHAR",
                            "response": "VARCHAR",
                            "overall_score": "VARCHAR",
                            "fine-grained_score": "VARCHAR",
                        }
                    ],
                },
                "source": {"names": ["source"], "optional": true},
            },
            "prompt": "instruction",
            "source": "source",
            "candidates": list_of_each(
                "completions",
                candidate(
                    "item.model",
                    "item.response",
                    "item.overall_score",
                    'item."fine-grained_score"',
                ),
            ),
        }
    ) %}
{% endmacro %}
