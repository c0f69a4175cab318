{% macro pool_shape(name) %} {% do return(context["pool_shape__" ~ name]()) %} {% endmacro %}
