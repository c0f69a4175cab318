{% macro pool_shape__nectar() %}
    {# Rank 1 is best, so that minus the rank is the score. #}
    {% do return(
        {
            "fields": {
                "prompt": {"names": ["prompt"], "type": "TEXT"},
                "answers": {
                    "names": ["answers"],
                    "type": [{"answer": "TEXT", "model": "VARCHAR", "rank": "VARCHAR"}],
                },
                "source": {"names": ["source"], "optional": true},
            },
            "messages": marked_turns("prompt", "Human", "Assistant"),
            "source": "source",
            "candidates": list_of_each(
                "answers", candidate("item.model", "item.answer", "'-' || item.rank")
            ),
        }
    ) %}
{% endmacro %}
