{% macro response_fields() %}
    {% do return(
        {
            "model": {
                "names": ["model", "generator", "model_name", "model_id"],
                "or_file_name": true,
            },
            "response": {
                "names": ["response", "output", "completion", "generation", "answer"]
            },
            "source": {"names": ["source", "dataset"], "optional": true},
            "score": {"names": ["score", "rating"], "optional": true},
        }
    ) %}
{% endmacro %}
