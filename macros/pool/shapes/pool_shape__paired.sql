{% macro pool_shape__paired() %}
    {% do return(
        {
            "fields": {
                "prompt": {"names": ["prompt", "instruction", "question", "input"]},
                "chosen": {"names": ["chosen"]},
                "rejected": {"names": ["rejected"]},
                "chosen_model": {"names": ["chosen_model", "chosen-model"]},
                "rejected_model": {"names": ["rejected_model", "rejected-model"]},
                "chosen_score": {
                    "names": ["score_chosen", "chosen_score", "chosen-rating"], "optional": true
                },
                "rejected_score": {
                    "names": ["score_rejected", "rejected_score", "rejected-rating"],
                    "optional": true,
                },
                "source": {"names": ["source", "dataset"], "optional": true},
            },
            "prompt": "prompt",
            "source": "source",
            "candidates": list_of(
                candidate("chosen_model", "chosen", "chosen_score"),
                candidate("rejected_model", "rejected", "rejected_score"),
            ),
        }
    ) %}
{% endmacro %}
