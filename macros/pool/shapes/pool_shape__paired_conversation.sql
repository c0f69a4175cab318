{% macro pool_shape__paired_conversation() %}
    {# chosen and rejected are either whole conversations or the last turn alone. #}
    {% set fields = {
        "prompt": {"names": ["prompt"], "type": "TEXT", "optional": true},
        "messages": {"names": field_names("messages"), "type": "MESSAGES", "optional": true},
    } %}
    {% do fields.update(pair_fields("MESSAGES")) %}
    {% set answers = [] %}
    {% for side in ["chosen", "rejected"] %}
        {% do answers.append(
            answer(
                "case when len(" ~ side ~ ") > 1 then " ~ all_but_last(side)
                ~ " when prompt is not null then " ~ list_of(message("'user'", "prompt"))
                ~ " else messages end",
                side ~ "_model",
                last_content(side),
                side ~ "_score",
            )
        ) %}
    {% endfor %}
    {% do return(
        {"fields": fields, "source": "source", "answers": list_of(*answers)}
    ) %}
{% endmacro %}
