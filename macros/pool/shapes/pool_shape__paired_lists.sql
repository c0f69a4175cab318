{% macro pool_shape__paired_lists() %}
    {# The models stand in one list, those of the chosen answers first. #}
    {% set fields = prompt_fields() %}
    {% do fields.update(
        {
            "models": {"names": ["models", "model_names"], "type": ["VARCHAR"]},
            "chosen": {"names": ["chosen"], "type": ["TEXT"]},
            "rejected": {"names": ["rejected"], "type": ["TEXT"]},
            "source": {"names": field_names("source") + ["subset"], "optional": true},
        }
    ) %}
    {% do return(
        {
            "fields": fields,
            "prompt": "prompt",
            "source": "source",
            "candidates": parallel_candidates(
                "models", lists_in_one("chosen", "rejected"), "null"
            ),
        }
    ) %}
{% endmacro %}
