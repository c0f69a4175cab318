{% macro pairs_wanted(strategy) %}
    {% set wanted = strategy.get("pairs_per_prompt", var("pairs_per_prompt")) %}
    {% do return("cast(null as bigint)" if wanted == "all" else "cast(" ~ wanted ~ " as bigint)") %}
{% endmacro %}
