{% macro _check_strategies() %}
    {% for name, strategy in configured_strategies().items() %}
        {% do _check_strategy(name, strategy) %}
    {% endfor %}
{% endmacro %}

{% macro _check_strategy(name, strategy) %}
    {% set of = "strategy " ~ name ~ ": " %}
    {% set known = [
        "where", "order_by", "weights", "draw", "pairs_per_prompt", "max_model_share",
        "max_length_ratio",
    ] %}
    {% if name in ["all_pairs", "random_order", "longer_wins"]
        or name.startswith("instance_") %}
        {% do exceptions.raise_compiler_error(
            of ~ "the name is taken by a baseline; give it another."
        ) %}
    {% elif not (strategy.get("order_by") or strategy.get("draw")) %}
        {% do exceptions.raise_compiler_error(
            of ~ "order_by is missing: name the columns that put its pairs in order, or set draw:"
            ~ " true."
        ) %}
    {% endif %}
    {% for setting in strategy if setting not in known + strategy_bounds() %}
        {% do exceptions.raise_compiler_error(
            of ~ "unknown setting " ~ setting ~ "; known are " ~ known | join(", ")
            ~ ", and min_ or max_ before one of " ~ strategy_columns() | join(", ") ~ "."
        ) %}
    {% endfor %}
    {% do _check_strategy_numbers(of, strategy) %}
    {% for column, weight in strategy.get("weights", {}).items() %}
        {% if column not in strategy_columns() or not _is_number(weight) %}
            {% do exceptions.raise_compiler_error(
                of
                ~ "weights maps columns to numbers, and "
                ~ column ~ ": " ~ weight
                ~ " is none; columns are " ~ strategy_columns() | join(", ") ~ "."
            ) %}
        {% endif %}
    {% endfor %}
    {% do _check_strategy_sql(of, strategy) %}
{% endmacro %}

{% macro _check_strategy_numbers(of, strategy) %}
    {% for setting, value in strategy.items() %}
        {% set allowed = [] %}
        {% if setting in strategy_bounds() and not _is_number(value) %}
            {% do allowed.append("a number") %}
        {% elif setting == "draw" and value is not boolean %}
            {% do allowed.append("true or false") %}
        {% elif setting == "pairs_per_prompt" and not _is_number_of_pairs(value) %}
            {% do allowed.append("a whole number of at least 1, or all") %}
        {% elif setting == "max_model_share"
            and not (_is_number(value) and 0 < value and value <= 1) %}
            {% do allowed.append("a number above 0, up to 1") %}
        {% elif setting == "max_length_ratio" and not (_is_number(value) and value >= 1) %}
            {% do allowed.append("a number of at least 1") %}
        {% endif %}
        {% if allowed %}
            {% do exceptions.raise_compiler_error(
                of ~ setting ~ " is " ~ tojson(value) ~ ": allowed is " ~ allowed[0] ~ "."
            ) %}
        {% endif %}
    {% endfor %}
    {% if strategy.get("max_model_share") %} {% do check_model_share(of) %} {% endif %}
    {% if strategy.get("max_model_share")
        and strategy.get("pairs_per_prompt", var("pairs_per_prompt")) != 1 %}
        {% do exceptions.raise_compiler_error(
            of ~ "max_model_share goes with pairs_per_prompt: 1 only; set that in the strategy."
        ) %}
    {% endif %}
{% endmacro %}

{% macro _check_strategy_sql(of, strategy) %}
    {% set order_by = strategy.get("order_by", []) %}
    {% set order_by = (order_by if order_by is string else order_by | join(", ")) %}
    {% set columns = strategy_columns() + ["chosen_model", "rejected_model"] %}
    {% if strategy.get("weights") %} {% do columns.append("weighted_score") %} {% endif %}
    {% set texts = {"where": strategy.get("where") or "true", "order_by": order_by} %}
    {% for setting, text in texts.items() %}
        {% for name in _names_in_sql(text) if name not in columns %}
            {% do exceptions.raise_compiler_error(
                of ~ setting ~ " names " ~ name ~ ", which is no column; columns are "
                ~ columns | join(", ") ~ "."
            ) %}
        {% endfor %}
    {% endfor %}
    {% for function in volatile_functions(texts["where"] ~ " " ~ order_by) %}
        {% do exceptions.raise_compiler_error(
            of ~ "where and order_by cannot use " ~ function ~ "(), which gives another value each"
            ~ " time: the same pool would give other pairs."
        ) %}
    {% endfor %}
    {% set typed = [] %}
    {% for column in columns %}
        {% set type = "bigint" if column.endswith("_rank")
            else "varchar" if column.endswith("_model") else "double" %}
        {% do typed.append("cast(null as " ~ type ~ ") as " ~ column) %}
    {% endfor %}
    {% set pairs = " from (select " ~ typed | join(", ") ~ ") as set_pairs" %}
    {% set error = sql_error(
        "select 1" ~ pairs ~ " where (" ~ texts["where"] ~ ") order by "
        ~ order_terms(order_by or [])
    ) %}
    {% if error %}
        {% do exceptions.raise_compiler_error(
            of ~ "where and order_by are not SQL that can run: " ~ error ~ "."
        ) %}
    {% elif sql_error("select bool_and((" ~ texts["where"] ~ "))" ~ pairs) %}
        {% do exceptions.raise_compiler_error(
            of ~ "where is " ~ tojson(strategy.where) ~ ", which is neither true nor false."
        ) %}
    {% endif %}
{% endmacro %}

{% macro _names_in_sql(text) %}
    {% set words_of_sql = [
        "and", "or", "not", "is", "null", "in", "between", "like", "case", "when", "then", "else",
        "end", "true", "false", "asc", "desc", "nulls", "first", "last", "distinct", "from", "cast",
        "as", "double", "integer", "varchar", "boolean",
    ] %}
    {% set without_texts = modules.re.sub("'[^']*'", "''", text | lower) %}
    {% set names = [] %}
    {# A word with a bracket behind it is a function. #}
    {% for name in modules.re.findall("\\b[a-z_]\\w*\\b(?!\\s*\\()", without_texts) %}
        {% if name not in words_of_sql %} {% do names.append(name) %} {% endif %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}

{% macro check_model_share(of) %}
    {{- return(adapter.dispatch("check_model_share", "zebra")(of)) -}}
{% endmacro %}

{% macro default__check_model_share(of) %} {% do return("") %} {% endmacro %}
