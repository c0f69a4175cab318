{% macro pool_shape_names() %}
    {% set names = [] %}
    {% for name in context.keys() | sort if name.startswith("pool_shape__") %}
        {% do names.append(name | replace("pool_shape__", "")) %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}
