{% macro cohens_d(mean_a, mean_b, deviation_a, deviation_b) %}
    {{- return(
        adapter.dispatch("cohens_d", "zebra")(mean_a, mean_b, deviation_a, deviation_b)
    ) -}}
{% endmacro %}

{% macro default__cohens_d(mean_a, mean_b, deviation_a, deviation_b) -%}
    ({{ mean_a }} - {{ mean_b }}) / nullif(
        sqrt(
            ({{ deviation_a }} * {{ deviation_a }} + {{ deviation_b }} * {{ deviation_b }}) / 2
        ),
        0
    )
{%- endmacro %}

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

{% macro wilson_bound(successes, n, side) %}
    {{- return(adapter.dispatch("wilson_bound", "zebra")(successes, n, side)) -}}
{% endmacro %}

{% macro default__wilson_bound(successes, n, side) -%}
    {#- z of a 95 % interval, and its square, so that all of n gives exactly 1. -#}
    {%- set z = "1.959964" -%}
    {%- set z2 = "3.841458881296" -%}
    (
        ({{ successes }} + {{ z2 }} / 2)
        {{ "-" if side == "low" else "+" }} {{ z }} * sqrt(
            {{ successes }} * ({{ n }} - {{ successes }}) / nullif(cast({{ n }} as double), 0)
            + {{ z2 }} / 4
        )
    ) / ({{ n }} + {{ z2 }})
{%- endmacro %}
