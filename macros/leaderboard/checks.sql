{% macro _check_leaderboard_columns() %}
    {% set value = var("leaderboard_columns") %}
    {% set allowed = "a mapping from benchmarks, or from model, to the names of columns" %}
    {% if value is not mapping %} {% do _refuse_var("leaderboard_columns", value, allowed) %}
    {% endif %}
    {% for name, column in value.items() if name is not string or column is not string %}
        {% do _refuse_var("leaderboard_columns", value, allowed) %}
    {% endfor %}
{% endmacro %}

{% macro _check_leaderboard_units() %}
    {% set value = var("leaderboard_units") %}
    {% set units = ["percent", "fraction", "points", "rescaled"] %}
    {% set allowed = "a mapping from benchmarks to " ~ units | join(", ") %}
    {% if value is not mapping %} {% do _refuse_var("leaderboard_units", value, allowed) %}
    {% endif %}
    {% for name, unit in value.items() if name is not string or unit not in units %}
        {% do _refuse_var("leaderboard_units", value, allowed) %}
    {% endfor %}
{% endmacro %}
