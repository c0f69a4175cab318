{% macro strategy_bounds() %}
    {% set bounds = [] %}
    {% for column in strategy_columns() %}
        {% do bounds.extend(["min_" ~ column, "max_" ~ column]) %}
    {% endfor %}
    {% do return(bounds) %}
{% endmacro %}
