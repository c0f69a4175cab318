{% macro weighted_score(weights) %}
    {{- return(adapter.dispatch("weighted_score", "zebra")(weights)) -}}
{% endmacro %}

{% macro default__weighted_score(weights) -%}
    {%- if not weights -%} cast(null as double)
    {%- else -%}
        round(
            {%- for column, weight in weights.items() %} {{ "+ " if not loop.first }}{{ weight }} * {{ column }} {%- endfor -%}
        , 9)
    {%- endif -%}
{%- endmacro %}
