{% macro log_loss(gap, slope, n_right, n_wrong) %}
    {{- return(adapter.dispatch("log_loss", "zebra")(gap, slope, n_right, n_wrong)) -}}
{% endmacro %}

{% macro default__log_loss(gap, slope, n_right, n_wrong) -%}
    {#- -ln p = ln(1 + exp(-k gap)) for a label that is right, ln(1 + exp(k gap)) for a wrong one -#}
    sum(
        {{ n_right }} * ln(1 + exp(-{{ slope }} * {{ gap }}))
        + {{ n_wrong }} * ln(1 + exp({{ slope }} * {{ gap }}))
    ) / nullif(sum({{ n_right }} + {{ n_wrong }}), 0)
{%- endmacro %}
