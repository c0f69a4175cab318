{% macro _duckdb_type(type) %}
    {% if type is string %} {% do return(type) %} {% endif %}
    {% if type is not mapping %} {% do return(_duckdb_type(type[0]) ~ "[]") %} {% endif %}
    {% set members = [] %}
    {% for name, member in type.items() %}
        {% do members.append(adapter.quote(name) ~ " " ~ _duckdb_type(member)) %}
    {% endfor %}
    {% do return("STRUCT(" ~ members | join(", ") ~ ")") %}
{% endmacro %}
