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
        list_zip({{ models }}, {{ responses }}, coalesce({{ scores }}, cast([] as string[]))),
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

{% macro candidates_that_are_there(candidates) %}
    {{- return(adapter.dispatch("candidates_that_are_there", "zebra")(candidates)) -}}
{% endmacro %}

{% macro duckdb__candidates_that_are_there(candidates) -%}
    list_filter(
        {{ candidates }},
        lambda candidate: candidate.model is not null or candidate.response is not null
    )
{%- endmacro %}

{% macro battle_fields() %}
    {% do return(
        {
            "model_a": {"names": ["model_a"]},
            "model_b": {"names": ["model_b"]},
            "winner": {"names": ["winner"], "optional": true},
            "wins_a": {"names": ["winner_model_a"], "optional": true},
            "wins_b": {"names": ["winner_model_b"], "optional": true},
            "ties": {"names": ["winner_tie"], "optional": true},
            "source": source_field(),
        }
    ) %}
{% endmacro %}

{% macro battle_score(side) %}
    {{- return(adapter.dispatch("battle_score", "zebra")(side)) -}}
{% endmacro %}

{% macro default__battle_score(side) -%}
    {#- Both bad, and what is no verdict, is no score. -#}
    {%- set other = "b" if side == "a" else "a" -%}
    case
        when lower(winner) in ('model_{{ side }}', '{{ side }}') or winner = model_{{ side }}
            then '1'
        when lower(winner) in ('model_{{ other }}', '{{ other }}') or winner = model_{{ other }}
            then '0'
        when lower(winner) in ('tie', 'draw') then '0.5'
        when try_cast(wins_{{ side }} as double) = 1 or lower(wins_{{ side }}) = 'true' then '1'
        when try_cast(wins_{{ other }} as double) = 1 or lower(wins_{{ other }}) = 'true' then '0'
        when try_cast(ties as double) = 1 or lower(ties) = 'true' then '0.5'
    end
{%- endmacro %}
