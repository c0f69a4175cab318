{% macro label_confidence(quality_gap, slope) %}
    {{- return(adapter.dispatch("label_confidence", "zebra")(quality_gap, slope)) -}}
{% endmacro %}

{% macro default__label_confidence(quality_gap, slope) -%}
    round(1 / (1 + exp(-{{ slope }} * {{ quality_gap }})), 9)
{%- endmacro %}
