{% macro _refuse_var(name, value, allowed) %}
    {% do exceptions.raise_compiler_error(
        "var " ~ name ~ " is " ~ (value | tojson) ~ ": allowed is " ~ allowed ~ "."
    ) %}
{% endmacro %}

{% macro _check_choice(name, allowed) %}
    {% if var(name) not in allowed %}
        {% do _refuse_var(name, var(name), "one of " ~ allowed | join(", ")) %}
    {% endif %}
{% endmacro %}

{% macro _is_number(value) %}
    {% do return(value is number and value is not boolean and value == value) %}
{% endmacro %}

{% macro _check_number(name, low, high, whole=false) %}
    {% set value = var(name) %}
    {% set kind = "a whole number" if whole else "a number" %}
    {% set allowed = (
        kind ~ " of at least " ~ low if high is none
        else kind ~ " from " ~ low ~ " to " ~ high
    ) %}
    {% if not _is_number(value) or (whole and value is not integer) %}
        {% do _refuse_var(name, value, allowed) %}
    {% elif value < low or (high is not none and value > high) %}
        {% do _refuse_var(name, value, allowed) %}
    {% endif %}
{% endmacro %}

{% macro _is_number_of_pairs(value) %}
    {% do return(value == "all" or (_is_number(value) and value is integer and value >= 1)) %}
{% endmacro %}

{% macro _check_pairs_per_prompt() %}
    {% set value = var("pairs_per_prompt") %}
    {% if not _is_number_of_pairs(value) %}
        {% do _refuse_var("pairs_per_prompt", value, "a whole number of at least 1, or all") %}
    {% endif %}
{% endmacro %}

{% macro _check_confidence_slope() %}
    {% set value = var("confidence_slope") %}
    {% if value != "auto" and not (_is_number(value) and value >= 0) %}
        {% do _refuse_var("confidence_slope", value, "a number of at least 0, or auto") %}
    {% endif %}
{% endmacro %}

{% macro _check_unusable_pairs() %}
    {% set value = var("unusable_pairs") %}
    {% set allowed = ["same_folded_text", "repeats_prompt", "chosen_refuses"] %}
    {% if not _is_list(value) or value | reject("in", allowed) | list | length > 0 %}
        {% do _refuse_var("unusable_pairs", value, "a list of " ~ allowed | join(", ")) %}
    {% endif %}
{% endmacro %}

{% macro _check_distinct_prefix() %}
    {% set value = var("distinct_prefix") %}
    {% if value is not none
        and not (_is_number(value) and value is integer and value >= 64) %}
        {% do _refuse_var("distinct_prefix", value, "a whole number of at least 64, or null") %}
    {% endif %}
{% endmacro %}

{% macro _check_score_direction() %}
    {% set value = var("score_direction") %}
    {% set allowed = "a mapping from a shape of pool to higher or lower" %}
    {% if value is not mapping %}
        {% do _refuse_var("score_direction", value, allowed) %}
    {% endif %}
    {% for shape, direction in value.items() %}
        {% if shape not in pool_shape_names() or direction not in ["higher", "lower"] %}
            {% do _refuse_var("score_direction", value, allowed) %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{% macro _is_list(value) %}
    {% do return(
        value is iterable and value is not string and value is not mapping
    ) %}
{% endmacro %}

{% macro _check_texts(name) %}
    {% set value = var(name) %}
    {% if not _is_list(value) or value | reject("string") | list | length > 0 %}
        {% do _refuse_var(name, value, "a list of texts, [] for none") %}
    {% endif %}
{% endmacro %}

{% macro _check_paths(name) %}
    {% set value = var(name) %}
    {% set paths = [value] if value is string else value %}
    {% if value is not none %}
        {% if not _is_list(paths)
            or paths | length == 0
            or paths | reject("string") | list | length > 0
            or "" in paths %}
            {% do _refuse_var(name, value, "a path, a glob, a list of them, or null") %}
        {% endif %}
    {% endif %}
{% endmacro %}

{% macro _check_responses_table() %}
    {% set value = var("responses_table") %}
    {% set parts = parts_of_name(value) if value is string else [] %}
    {% if value is not none and (value is not string or not value.strip()) %}
        {% do _refuse_var("responses_table", value, "the name of a table, or null") %}
    {% elif value is not none and var("responses_path") is not none %}
        {% do exceptions.raise_compiler_error(
            "vars responses_path and responses_table are both set: a pool is files or a table;"
            ~ " leave one of them null."
        ) %}
    {% elif parts | length > 0 and (parts | length == 1 or parts[-2] == target.schema | lower) %}
        {% for node in graph.nodes.values()
            if node.resource_type in ("model", "seed") and node.alias == parts[-1] %}
            {% do exceptions.raise_compiler_error(
                "var responses_table: " ~ value ~ " is a relation that this project builds: give"
                ~ " the pool's table another name, or keep it in another schema."
            ) %}
        {% endfor %}
    {% endif %}
{% endmacro %}

{% macro _check_capability_weights() %}
    {% set weights = var("capability_weights") %}
    {% set allowed = "a mapping from capability to a number of at least 0" %}
    {% if weights is not mapping %}
        {% do _refuse_var("capability_weights", weights, allowed) %}
    {% endif %}
    {% for capability, weight in weights.items() %}
        {% if not _is_number(weight) or weight < 0 %}
            {% do _refuse_var("capability_weights", weights, allowed) %}
        {% endif %}
    {% endfor %}
{% endmacro %}
