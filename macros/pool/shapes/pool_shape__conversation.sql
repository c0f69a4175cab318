{% macro pool_shape__conversation() %}
    {% set fields = {"messages": {"names": field_names("messages"), "type": "MESSAGES"}} %}
    {% do fields.update(response_fields()) %}
    {% do return(
        {
            "fields": fields,
            "messages": "messages",
            "source": "source",
            "candidates": list_of(candidate("model", "response", "score")),
        }
    ) %}
{% endmacro %}
