{% macro pool_shape__flat() %}
    {% set fields = {"prompt": {"names": ["prompt", "instruction", "question", "input"]}} %}
    {% do fields.update(response_fields()) %}
    {% do return(
        {
            "fields": fields,
            "prompt": "prompt",
            "source": "source",
            "candidates": list_of(candidate("model", "response", "score")),
        }
    ) %}
{% endmacro %}
