{% macro mapped_columns(shape, columns, source_file) %}
    {% set pairs = [] %}
    {% for name, field in shape.fields.items() %}
        {% set present = columns_of_field(field, columns) %}
        {% if present %} {% do pairs.append(name ~ " <- " ~ present | join(" or ")) %}
        {% elif field.or_file_name %} {% do pairs.append(name ~ " <- the file's name") %}
        {% endif %}
    {% endfor %}
    {% do return(pairs | join(", ")) %}
{% endmacro %}
