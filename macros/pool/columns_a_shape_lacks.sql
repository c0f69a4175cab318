{% macro columns_a_shape_lacks(shape, columns) %}
    {% set lacking = [] %}
    {% for field in shape.fields.values() if not field.optional and not field.or_file_name %}
        {% if columns_of_field(field, columns) | length == 0 %}
            {% do lacking.append(
                field.names | join(" or ") ~ (" (a list)" if "type" in field else "")
            ) %}
        {% endif %}
    {% endfor %}
    {% do return(lacking) %}
{% endmacro %}
