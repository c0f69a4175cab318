{% macro candidate(model, response, score, rating="null") %}
    {{- return(adapter.dispatch("candidate", "zebra")(model, response, score, rating)) -}}
{% endmacro %}

{% macro duckdb__candidate(model, response, score, rating) -%}
    {
        'model': {{ model }},
        'response': {{ response }},
        'score': {{ score }},
        'rating': {{ rating }}
    }
{%- endmacro %}
