{% macro weighted_score(weights) %}
    {{- return(adapter.dispatch("weighted_score", "zebra")(weights)) -}}
{% endmacro %}

{% macro default__weighted_score(weights) -%}
    {%- if not weights -%} cast(null as double)
    {%- else -%}
        {%- set terms = [] -%}
        {%- for column, weight in weights.items() -%}
            {%- do terms.append(weight ~ " * " ~ column) -%}
        {%- endfor -%}
        round({{ terms | join(" + ") }}, 9)
    {%- endif -%}
{%- endmacro %}
