{% macro answer(messages, model, response, score) %}
    {{- return(adapter.dispatch("answer", "zebra")(messages, model, response, score)) -}}
{% endmacro %}

{% macro duckdb__answer(messages, model, response, score) -%}
    {
        'messages': {{ messages }},
        'model': {{ model }},
        'response': {{ response }},
        'score': {{ score }},
        'rating': null
    }
{%- endmacro %}
