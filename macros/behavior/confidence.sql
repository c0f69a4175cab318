{% macro order_confidence(mean, deviation, n) %}
    {{- return(adapter.dispatch("order_confidence", "zebra")(mean, deviation, n)) -}}
{% endmacro %}

{% macro default__order_confidence(mean, deviation, n) -%}
    case
        when {{ n }} < 2 then null
        when round({{ deviation }}, 9) = 0 then (1 + sign(round({{ mean }}, 9))) / 2
        else round(1 / (1 + exp(-1.702 * {{ mean }} / ({{ deviation }} / sqrt({{ n }})))), 9)
    end
{%- endmacro %}

{% macro label_confidence(quality_gap, slope) %}
    {{- return(adapter.dispatch("label_confidence", "zebra")(quality_gap, slope)) -}}
{% endmacro %}

{% macro default__label_confidence(quality_gap, slope) -%}
    round(1 / (1 + exp(-{{ slope }} * {{ quality_gap }})), 9)
{%- endmacro %}
