{% macro name_key(name) %}
    {{- return(adapter.dispatch("name_key", "zebra")(name)) -}}
{% endmacro %}

{% macro default__name_key(name) -%} {{ lowered("trim(" ~ name ~ ")") }} {%- endmacro %}

{% macro capability_weight(capability) %}
    {{- return(adapter.dispatch("capability_weight", "zebra")(capability)) -}}
{% endmacro %}

{% macro default__capability_weight(capability) -%}
    {%- set weights = var("capability_weights") -%}
    {%- if not weights -%} 1.0
    {%- else -%}
        case {{ capability }}
            {%- for name, weight in weights.items() %}
            when {{ dbt.string_literal(dbt.escape_single_quotes(name | lower)) }} then {{ weight }}
            {%- endfor %}
            else 1.0
        end
    {%- endif -%}
{%- endmacro %}

{# A sum of doubles depends on their order, and its last bits can tip a rounding. #}
{% macro exact_sum(number) %} {{- return(adapter.dispatch("exact_sum", "zebra")(number)) -}} {% endmacro %}

{% macro default__exact_sum(number) -%}
    cast(sum(cast({{ number }} as decimal(38, 15))) as double)
{%- endmacro %}

{% macro exact_mean(number) -%} {{ exact_sum(number) }} / count({{ number }}) {%- endmacro %}

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
        (models_below + models_level / 2) / nullif(scored_models - 1, 0)
    {%- endif -%}
{%- endmacro %}
