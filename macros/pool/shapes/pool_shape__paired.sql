{% macro pool_shape__paired() %}
    {# The prompt is a text, or the turns before the two answers. #}
    {% set fields = prompt_fields() %}
    {% do fields.prompt.update({"optional": true}) %}
    {% do fields.update({
        "messages": {
            "names": field_names("messages") + ["trajectory"],
            "type": "MESSAGES",
            "optional": true,
        }
    }) %}
    {% do fields.update(pair_fields("TEXT")) %}
    {% do return(
        {
            "fields": fields,
            "one_of": [["prompt", "messages"]],
            "prompt": "prompt",
            "messages": "messages",
            "source": "source",
            "candidates": list_of(
                candidate("chosen_model", "chosen", "chosen_score"),
                candidate("rejected_model", "rejected", "rejected_score"),
            ),
        }
    ) %}
{% endmacro %}
