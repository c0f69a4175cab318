{% macro pool_shape__arena_hard() %}
    {% do return(
        {
            "fields": {
                "uid": {"names": ["uid"]},
                "model": {"names": ["model"], "or_file_name": true},
                "messages": {"names": ["messages"], "type": "MESSAGES"},
            },
            "source": "'arena_hard'",
            "answers": list_of(
                answer(all_but_last("messages"), "model", last_content("messages"), "null")
            ),
        }
    ) %}
{% endmacro %}
