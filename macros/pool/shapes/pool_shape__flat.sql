{% macro pool_shape__flat() %}
    {% set fields = prompt_fields() %}
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
