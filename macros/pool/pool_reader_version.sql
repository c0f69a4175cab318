{% macro pool_reader_version() %}
    {# Raised when reading changes, so that a pool stored by an older version is read again. #}
    {% do return(3) %}
{% endmacro %}
