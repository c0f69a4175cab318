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

{% macro parallel_candidates(models, responses, scores) %}
    {{- return(adapter.dispatch("parallel_candidates", "zebra")(models, responses, scores)) -}}
{% endmacro %}

{% macro duckdb__parallel_candidates(models, responses, scores) -%}
    list_transform(
        list_zip({{ models }}, {{ responses }}, coalesce({{ scores }}, [])),
        lambda item: {{ candidate("item[1]", "item[2]", "item[3]") }}
    )
{%- endmacro %}

{% macro unnested_candidates(candidates) %}
    {{- return(adapter.dispatch("unnested_candidates", "zebra")(candidates)) -}}
{% endmacro %}

{% macro duckdb__unnested_candidates(candidates) -%}
    {#- A record without candidates still gives a row, so that it can be reported. -#}
    unnest(case when len({{ candidates }}) > 0 then {{ candidates }} else [null] end) as candidate,
            generate_subscripts(
                case when len({{ candidates }}) > 0 then {{ candidates }} else [null] end, 1
            ) as candidate_number
{%- endmacro %}
