{% macro score_number(score_text) %}
    {{- return(adapter.dispatch("score_number", "zebra")(score_text)) -}}
{% endmacro %}

{% macro default__score_number(score_text) -%}
    {{ number_of("trim(replace(" ~ score_text ~ ", '%', ''))") }}
{%- endmacro %}

{% macro score_in_unit(score, has_percent_sign, unit, lowest, highest) %}
    {{- return(
        adapter.dispatch("score_in_unit", "zebra")(score, has_percent_sign, unit, lowest, highest)
    ) -}}
{% endmacro %}

{% macro default__score_in_unit(score, has_percent_sign, unit, lowest, highest) -%}
    case
        when {{ unit }} = 'fraction' and ({{ has_percent_sign }} or {{ lowest }} > 1)
            then round({{ score }} / 100, 12)
        when {{ unit }} = 'percent' and not {{ has_percent_sign }} and {{ highest }} <= 1
            then round({{ score }} * 100, 10)
        else {{ score }}
    end
{%- endmacro %}
