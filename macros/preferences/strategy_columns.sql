{% macro strategy_columns() %}
    {% do return(
        [
            "chosen_rank",
            "rejected_rank",
            "chosen_quality",
            "rejected_quality",
            "quality_gap",
            "similarity",
            "win_share",
            "order_confidence",
            "label_confidence",
        ]
    ) %}
{% endmacro %}
