{% macro normalised_score(normalization) %}
    {{- return(adapter.dispatch("normalised_score", "zebra")(normalization)) -}}
{% endmacro %}

{% macro default__normalised_score(normalization) -%}
    {%- if normalization == "minmax" -%}
        (oriented_score - lowest_score) / nullif(highest_score - lowest_score, 0)
    {%- elif normalization == "chance" -%}
        greatest(0, (raw_score - chance) / nullif(ceiling - chance, 0))
    {%- elif normalization == "zscore" -%}
        (oriented_score - mean_score) / nullif(round(deviation_of_scores, 12), 0)
    {%- elif normalization == "rank" -%}
        (models_below + 0.5 * models_level) / nullif(scored_models - 1, 0)
    {%- endif -%}
{%- endmacro %}
