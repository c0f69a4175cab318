{% macro pair_fields() %}
    {% do return(
        {
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
        }
    ) %}
{% endmacro %}
