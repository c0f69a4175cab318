{% macro columns_of_field(field, columns) %}
    {# Lists are told from texts: the same name can hold a text in one shape, turns in another. #}
    {% set wants_list = "type" in field %}
    {% set present = field.names | select("in", columns) | list %}
    {% set fitting = [] %}
    {% for name in present if (columns[name] or false) == wants_list %}
        {% do fitting.append(name) %}
    {% endfor %}
    {# A shape that the user named is taken at its word. #}
    {% if not fitting and not field.optional and var("responses_format") != "auto" %}
        {% do return(present) %}
    {% endif %}
    {% do return(fitting) %}
{% endmacro %}
