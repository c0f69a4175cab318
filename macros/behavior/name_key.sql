{% macro name_key(name) %}
    {{- return(adapter.dispatch("name_key", "zebra")(name)) -}}
{% endmacro %}

{% macro default__name_key(name) -%} lower(trim({{ name }})) {%- endmacro %}
