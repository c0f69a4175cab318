{% macro messages_type() %}
    {% do return([{"role": "VARCHAR", "content": "VARCHAR"}]) %}
{% endmacro %}
