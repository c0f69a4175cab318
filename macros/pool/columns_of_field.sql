{% macro columns_of_field(field, columns) %}
    {# Lists are told from texts: the same name can hold a text in one shape, turns in another. #}
    {% set wants_list = "type" in field %}
    {% set present = [] %}
    {% for name in field.names if name in columns and (columns[name] or false) == wants_list %}
        {% do present.append(name) %}
    {% endfor %}
    {% do return(present) %}
{% endmacro %}
