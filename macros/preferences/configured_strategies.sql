{# Models ask for strategies while the project is parsed, before check_vars, so that what has not
   the shape of one is refused here. #}
{% macro configured_strategies() %}
    {% set strategies = var("strategies") %}
    {% if strategies is not mapping or strategies | length == 0 %}
        {% do _refuse_var(
            "strategies", strategies, "a mapping from a strategy's name to its settings"
        ) %}
    {% endif %}
    {% for name, strategy in strategies.items() %}
        {% set of = "strategy " ~ name ~ ": " %}
        {% if name is not string or not modules.re.fullmatch("[a-z][a-z0-9_]*", name) %}
            {% do exceptions.raise_compiler_error(
                of ~ "a strategy's name has lower-case letters, digits and _, a letter first."
            ) %}
        {% elif strategy is not mapping %}
            {% do exceptions.raise_compiler_error(
                of ~ "its settings are a mapping, such as {order_by: [similarity desc]}."
            ) %}
        {% endif %}
        {% set order_by = strategy.get("order_by", []) %}
        {% set shapes = {
            "where": "where" not in strategy or strategy.where is string,
            "order_by": order_by is string
                or (_is_list(order_by) and order_by | reject("string") | list | length == 0),
            "weights": strategy.get("weights", {}) is mapping,
        } %}
        {% set allowed = {
            "where": "a condition in SQL", "order_by": "a text, or a list of texts",
            "weights": "a mapping from columns to numbers",
        } %}
        {% for setting, is_right in shapes.items() if not is_right %}
            {% do exceptions.raise_compiler_error(
                of ~ setting ~ " is " ~ tojson(strategy[setting]) ~ ": allowed is "
                ~ allowed[setting] ~ "."
            ) %}
        {% endfor %}
    {% endfor %}
    {% do return(strategies) %}
{% endmacro %}
