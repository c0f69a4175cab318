{% macro pool_shape__paired_conversation() %}
    {# chosen and rejected are either whole conversations or the last turn alone. #}
    {% set fields = {
        "prompt": {"names": ["prompt"], "optional": true},
        "messages": {"names": ["prompt"], "type": messages_type(), "optional": true},
        "chosen": {"names": ["chosen"], "type": messages_type()},
        "rejected": {"names": ["rejected"], "type": messages_type()},
    } %}
    {% do fields.update(pair_fields()) %}
    {% do return(
        {
            "fields": fields,
            "messages": "case when len(chosen) > 1 then "
            ~ all_but_last("chosen")
            ~ " else coalesce(messages, "
            ~ list_of(message("'user'", "prompt"))
            ~ ") end",
            "source": "source",
            "candidates": list_of(
                candidate("chosen_model", last_content("chosen"), "chosen_score"),
                candidate("rejected_model", last_content("rejected"), "rejected_score"),
            ),
        }
    ) %}
{% endmacro %}
