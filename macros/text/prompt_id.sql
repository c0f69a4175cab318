{% macro prompt_id(prompt) %}
    {{- return(adapter.dispatch("prompt_id", "zebra")(prompt)) -}}
{% endmacro %}

{% macro default__prompt_id(prompt) -%} md5({{ prompt }}) {%- endmacro %}
