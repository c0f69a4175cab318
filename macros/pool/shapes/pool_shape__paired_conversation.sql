{% macro pool_shape__paired_conversation() %}
    {# chosen and rejected are either whole conversations or the last turn alone. #}
    {% do return(
        {
            "fields": {
                "prompt": {"names": ["prompt"], "optional": true},
                "messages": {"names": ["prompt"], "type": messages_type(), "optional": true},
                "chosen": {"names": ["chosen"], "type": messages_type()},
                "rejected": {"names": ["rejected"], "type": messages_type()},
                "chosen_model": {"names": ["chosen_model", "chosen-model"]},
                "rejected_model": {"names": ["rejected_model", "rejected-model"]},
                "chosen_score": {
                    "names": ["score_chosen", "chosen_score", "chosen-rating"], "optional": true
                },
                "rejected_score": {
                    "names": ["score_rejected", "rejected_score", "rejected-rating"],
                    "optional": true,
                },
                "source": {"names": ["source", "dataset"], "optional": true},
            },
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
