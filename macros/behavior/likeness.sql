{% macro cosine(dot_product, norm_a, norm_b) %}
    {{- return(adapter.dispatch("cosine", "zebra")(dot_product, norm_a, norm_b)) -}}
{% endmacro %}

{% macro default__cosine(dot_product, norm_a, norm_b) -%}
    case
        -- greatest and least pass over nulls
        when {{ dot_product }} is null then null
        when round({{ norm_a }} * {{ norm_b }}, 12) = 0 then 0
        else greatest(-1, least(1, round({{ dot_product }} / ({{ norm_a }} * {{ norm_b }}), 9)))
    end
{%- endmacro %}

{% macro text_similarity(text_a, text_b) %}
    {{- return(adapter.dispatch("text_similarity", "zebra")(text_a, text_b)) -}}
{% endmacro %}

{% macro default__text_similarity(text_a, text_b) -%}
    jaro_winkler_similarity({{ text_a }}, {{ text_b }})
{%- endmacro %}

{# As on DuckDB, a common opening counts only where the rest is alike too. #}
{% macro spark__text_similarity(text_a, text_b) -%}
    {%- set similarity = default__text_similarity(text_a, text_b) -%}
    {%- set opening -%}
        case
            {%- for length in [4, 3, 2, 1] %}
            when left({{ text_a }}, {{ length }}) = left({{ text_b }}, {{ length }}) then 0.{{ length }}
            {%- endfor %}
            else 0
        end
    {%- endset -%}
    {%- set rest = "((" ~ similarity ~ " - " ~ opening ~ ") / (1 - " ~ opening ~ "))" -%}
    case when {{ rest }} > 0.7 then {{ similarity }} else {{ rest }} end
{%- endmacro %}
