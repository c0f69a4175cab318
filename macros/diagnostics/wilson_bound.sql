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
