{% macro strategy_filter(strategy) %}
    {% set conditions = [] %}
    {% if strategy.get("where") %} {% do conditions.append("(" ~ strategy.where ~ ")") %} {% endif %}
    {% for setting, bound in strategy.items() if setting in strategy_bounds() %}
        {% set column = setting[4:] %}
        {% do conditions.append(column ~ (" >= " if setting[:4] == "min_" else " <= ") ~ bound) %}
    {% endfor %}
    {% do return(conditions | join(" and ") or "true") %}
{% endmacro %}
