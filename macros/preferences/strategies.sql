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

{% macro strategy_bounds() %}
    {% set bounds = [] %}
    {% for column in strategy_columns() %}
        {% do bounds.extend(["min_" ~ column, "max_" ~ column]) %}
    {% endfor %}
    {% do return(bounds) %}
{% endmacro %}

{% macro strategies_with(setting) %}
    {% set names = [] %}
    {% for name, strategy in configured_strategies().items() if strategy.get(setting) %}
        {% do names.append(name) %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}

{% macro strategy_filter(strategy) %}
    {% set conditions = [] %}
    {% if strategy.get("where") %} {% do conditions.append("(" ~ strategy.where ~ ")") %} {% endif %}
    {% for setting, bound in strategy.items() if setting in strategy_bounds() %}
        {% set column = setting[4:] %}
        {% do conditions.append(column ~ (" >= " if setting[:4] == "min_" else " <= ") ~ bound) %}
    {% endfor %}
    {% do return(conditions | join(" and ") or "true") %}
{% endmacro %}

{% macro order_terms(order_by) %}
    {% set terms = [] %}
    {% for term in ([order_by] if order_by is string else order_by) %}
        {% do terms.append(term ~ ("" if "nulls" in term | lower else " nulls last")) %}
    {% endfor %}
    {# The models' names last, so that no two pairs are ever level. #}
    {% do return((terms + ["chosen_model", "rejected_model"]) | join(", ")) %}
{% endmacro %}

{% macro weighted_score(weights) %}
    {{- return(adapter.dispatch("weighted_score", "zebra")(weights)) -}}
{% endmacro %}

{% macro default__weighted_score(weights) -%}
    {%- if not weights -%} cast(null as double)
    {%- else -%}
        {%- set terms = [] -%}
        {%- for column, weight in weights.items() -%}
            {%- do terms.append(weight ~ " * " ~ column) -%}
        {%- endfor -%}
        round({{ terms | join(" + ") }}, 9)
    {%- endif -%}
{%- endmacro %}

{% macro pairs_wanted(strategy) %}
    {% set wanted = strategy.get("pairs_per_prompt", var("pairs_per_prompt")) %}
    {% do return("cast(null as bigint)" if wanted == "all" else "cast(" ~ wanted ~ " as bigint)") %}
{% endmacro %}

{% macro may_take_any_pair(strategy) %}
    {% do return(
        strategy.get("max_length_ratio") is not none
        or strategy.get("max_model_share") is not none
        or strategy.get("pairs_per_prompt", var("pairs_per_prompt")) == "all"
    ) %}
{% endmacro %}
