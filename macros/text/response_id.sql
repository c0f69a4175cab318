{% macro response_id(prompt_id, model, response_md5) %}
    {{- return(adapter.dispatch("response_id", "zebra")(prompt_id, model, response_md5)) -}}
{% endmacro %}

{% macro default__response_id(prompt_id, model, response_md5) -%}
    md5({{ prompt_id }} || '|' || {{ model }} || '|' || {{ response_md5 }})
{%- endmacro %}
