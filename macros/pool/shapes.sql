{% macro pool_shape(name) %} {% do return(context["pool_shape__" ~ name]()) %} {% endmacro %}

{% macro pool_shape_names() %}
    {% set names = [] %}
    {% for name in context.keys() | sort if name.startswith("pool_shape__") %}
        {% do names.append(name | replace("pool_shape__", "")) %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}

{% macro detect_pool_shape(source_file, columns) %}
    {% if var("responses_format") != "auto" %} {% do return(var("responses_format")) %} {% endif %}
    {# A file without a single good record has no columns: any shape reports its lines. #}
    {% if columns | length == 0 %} {% do return("flat") %} {% endif %}

    {% set fitting = [] %}
    {# Of equally near shapes the plainest is named. #}
    {% set nearest = namespace(name=none, lacks=[]) %}
    {% for name in ["flat"] + pool_shape_names() | reject("equalto", "flat") | list %}
        {% set lacking = columns_a_shape_lacks(pool_shape(name), columns) %}
        {% if lacking | length == 0 %} {% do fitting.append(name) %}
        {% elif nearest.name is none or lacking | length < nearest.lacks | length %}
            {% set nearest.name = name %} {% set nearest.lacks = lacking %}
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
        ~ ", which fit none of the shapes " ~ pool_shape_names() | join(", ") ~ "; the nearest is "
        ~ nearest.name ~ ", which also needs " ~ nearest.lacks | join(", and ")
        ~ ": rename the columns, or name the shape with var responses_format."
    ) %}
{% endmacro %}
