{% macro candidate(model, response, score) %}
    {{- return(adapter.dispatch("candidate", "zebra")(model, response, score)) -}}
{% endmacro %}

{% macro duckdb__candidate(model, response, score) -%}
    {'model': {{ model }}, 'response': {{ response }}, 'score': {{ score }}}
{%- endmacro %}
