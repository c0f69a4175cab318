{% macro may_take_any_pair(strategy) %}
    {% do return(
        strategy.get("max_length_ratio") is not none
        or strategy.get("max_model_share") is not none
        or strategy.get("pairs_per_prompt", var("pairs_per_prompt")) == "all"
    ) %}
{% endmacro %}
