{% macro pool_shape__paired() %}
    {% set fields = {
        "prompt": {"names": ["prompt", "instruction", "question", "input"]},
        "chosen": {"names": ["chosen"]},
        "rejected": {"names": ["rejected"]},
    } %}
    {% do fields.update(pair_fields()) %}
    {% do return(
        {
            "fields": fields,
            "prompt": "prompt",
            "source": "source",
            "candidates": list_of(
                candidate("chosen_model", "chosen", "chosen_score"),
                candidate("rejected_model", "rejected", "rejected_score"),
            ),
        }
    ) %}
{% endmacro %}
