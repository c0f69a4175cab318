{% macro detect_pool_shape(source_file, columns) %}
    {% if var("responses_format") != "auto" %} {% do return(var("responses_format")) %} {% endif %}
    {# A file without a single good record has no columns: any shape reports its lines. #}
    {% if columns | length == 0 %} {% do return(pool_shape_names()[0]) %} {% endif %}

    {% set fitting = [] %}
    {% set needs = [] %}
    {% for name in pool_shape_names() %}
        {% set lacking = _columns_a_shape_lacks(pool_shape(name), columns) %}
        {% if lacking | length == 0 %} {% do fitting.append(name) %}
        {% else %} {% do needs.append(name ~ " lacks " ~ lacking | join(", ")) %}
        {% endif %}
    {% endfor %}

    {% if fitting | length == 1 %} {% do return(fitting[0]) %}
    {% elif fitting | length > 1 %}
        {% do exceptions.raise_compiler_error(
            "var responses_path: " ~ source_file ~ " fits the shapes " ~ fitting | join(" and ")
            ~ ": name the one meant with var responses_format."
        ) %}
    {% endif %}
    {% do exceptions.raise_compiler_error(
        "var responses_path: " ~ source_file ~ " has the columns " ~ columns | join(", ")
        ~ ", which fit no known shape (" ~ needs | join("; ")
        ~ "): rename its columns, or name the shape with var responses_format."
    ) %}
{% endmacro %}
