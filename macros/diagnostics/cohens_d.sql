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
