{% macro pool_shape__ultrafeedback() %}
    {# custom_system_prompt is drawn anew for each completion, and so is no part of the prompt. #}
    {% do return(
        {
            "fields": {
                "prompt": {"names": ["instruction"], "type": "TEXT"},
                "addition": {"names": ["input"], "type": "TEXT", "optional": true},
                "completions": {
                    "names": ["completions"],
                    "type": [
                        {
                            "model": "VARCHAR",
                            "response": "TEXT",
                            "overall_score": "VARCHAR",
                            "fine-grained_score": "VARCHAR",
                        }
                    ],
                },
                "source": {"names": ["source"], "optional": true},
            },
            "prompt": "prompt",
            "source": "source",
            "candidates": list_of_each(
                "completions",
                candidate(
                    "item.model",
                    "item.response",
                    "item.overall_score",
                    "item." ~ adapter.quote("fine-grained_score"),
                ),
            ),
        }
    ) %}
{% endmacro %}
