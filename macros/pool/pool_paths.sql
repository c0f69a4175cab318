{% macro pool_paths() %}
    {% do _check_paths("responses_path") %}
    {% set paths = var("responses_path") %}
    {% if paths is none %} {% do return([]) %}
    {% elif paths is string %} {% do return([paths]) %}
    {% endif %}
    {% do return(paths) %}
{% endmacro %}
