{% macro label_confidence(quality_gap) %}
    {{- return(adapter.dispatch("label_confidence", "zebra")(quality_gap)) -}}
{% endmacro %}

{% macro default__label_confidence(quality_gap) -%}
    round(1 / (1 + exp(-{{ var("confidence_slope") }} * {{ quality_gap }})), 9)
{%- endmacro %}
