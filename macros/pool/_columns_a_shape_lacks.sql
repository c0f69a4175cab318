{% macro _columns_a_shape_lacks(shape, columns) %}
    {% set lacking = [] %}
    {% for field in shape.fields.values() if not field.optional %}
        {% if field.names | select("in", columns) | list | length == 0 %}
            {% do lacking.append(field.names | join(" or ")) %}
        {% endif %}
    {% endfor %}
    {% do return(lacking) %}
{% endmacro %}
