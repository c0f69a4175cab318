{% macro strategies_with(setting) %}
    {% set names = [] %}
    {% for name, strategy in configured_strategies().items() if strategy.get(setting) %}
        {% do names.append(name) %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}
