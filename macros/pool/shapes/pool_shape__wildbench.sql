{% macro pool_shape__wildbench() %}
    {% do return(
        {
            "fields": {
                "session_id": {"names": ["session_id"]},
                "model": {"names": ["generator", "model"], "or_file_name": true},
                "chat_history": {"names": ["chat_history"], "type": ["TEXT"]},
                "output": {"names": ["output"], "type": ["TEXT"]},
            },
            "messages": alternating_turns("chat_history"),
            "source": "'wildbench'",
            "candidates": list_of_each("output", candidate("model", "item", "null")),
        }
    ) %}
{% endmacro %}
