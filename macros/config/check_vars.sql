{% macro check_vars() %}
    {% if not execute %} {% do return("") %} {% endif %}

    {% do _check_leaderboard() %}
    {% do _check_leaderboard_columns() %}
    {% do _check_leaderboard_units() %}
    {% do _check_choice("duplicate_scores", ["error", "highest", "lowest", "mean", "first"]) %}
    {% do _check_choice("doubts", ["keep", "leave_out"]) %}
    {% do _check_number("doubt_above", 0, none) %}
    {% do _check_choice("normalization", ["minmax", "chance", "zscore", "rank"]) %}
    {% do _check_choice("missing_scores", ["column_mean", "shared_only"]) %}
    {% do _check_choice("similarity", ["cosine", "centered_cosine"]) %}
    {% do _check_choice("responses_format", ["auto"] + pool_shape_names()) %}
    {% do _check_number("min_coverage", 0, 1) %}
    {% do _check_number("compare_all_up_to", 0, none, whole=true) %}
    {% do _check_number("test_fraction", 0, 1) %}
    {% do _check_confidence_slope() %}
    {% do _check_pairs_per_prompt() %}
    {% do _check_unusable_pairs() %}
    {% do _check_distinct_prefix() %}
    {% do _check_score_direction() %}
    {% do _check_paths("responses_path") %}
    {% do _check_responses_table() %}
    {% do _check_responses_columns() %}
    {% do _check_texts("exclude_sources") %}
    {% do _check_number("audit_pairs", 1, none, whole=true) %}
    {% do _check_paths("audit_path") %}
    {% do _check_capability_weights() %}
    {% do _check_strategies() %}
    {% do return("") %}
{% endmacro %}
