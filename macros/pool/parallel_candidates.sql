{% macro parallel_candidates(models, responses, scores) %}
    {{- return(adapter.dispatch("parallel_candidates", "zebra")(models, responses, scores)) -}}
{% endmacro %}

{% macro duckdb__parallel_candidates(models, responses, scores) -%}
    list_transform(
        list_zip({{ models }}, {{ responses }}, coalesce({{ scores }}, [])),
        lambda item: {{ candidate("item[1]", "item[2]", "item[3]") }}
    )
{%- endmacro %}
