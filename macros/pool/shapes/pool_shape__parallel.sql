{% macro pool_shape__parallel() %}
    {% do return(
        {
            "fields": {
                "prompt": {"names": ["prompt", "instruction"]},
                "models": {"names": ["generation_models", "model_names"], "type": ["VARCHAR"]},
                "responses": {"names": ["generations"], "type": ["VARCHAR"]},
                "scores": {"names": ["ratings"], "type": ["VARCHAR"], "optional": true},
                "source": {"names": ["source", "dataset"], "optional": true},
            },
            "prompt": "prompt",
            "source": "source",
            "candidates": parallel_candidates("models", "responses", "scores"),
        }
    ) %}
{% endmacro %}
