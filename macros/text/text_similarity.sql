{% macro text_similarity(text_a, text_b) %}
    {{- return(adapter.dispatch("text_similarity", "zebra")(text_a, text_b)) -}}
{% endmacro %}

{% macro duckdb__text_similarity(text_a, text_b) -%}
    jaro_winkler_similarity({{ text_a }}, {{ text_b }})
{%- endmacro %}
