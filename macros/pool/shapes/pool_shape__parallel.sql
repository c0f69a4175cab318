{% macro pool_shape__parallel() %}
    {% set fields = prompt_fields() %}
    {% do fields.update(
        {
            "models": {"names": ["generation_models", "model_names"], "type": ["VARCHAR"]},
            "responses": {"names": ["generations"], "type": ["TEXT"]},
            "scores": {"names": ["ratings"], "type": ["VARCHAR"], "optional": true},
            "source": source_field(),
        }
    ) %}
    {% do return(
        {
            "fields": fields,
            "prompt": "prompt",
            "source": "source",
            "candidates": parallel_candidates("models", "responses", "scores"),
        }
    ) %}
{% endmacro %}
