{% macro sql_text(text) %}
    {% do return("'" ~ text | replace("'", "''") ~ "'") %}
{% endmacro %}
