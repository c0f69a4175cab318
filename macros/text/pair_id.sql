{% macro pair_id(strategy, chosen_response_id, rejected_response_id) %}
    {{- return(
        adapter.dispatch("pair_id", "zebra")(strategy, chosen_response_id, rejected_response_id)
    ) -}}
{% endmacro %}

{% macro default__pair_id(strategy, chosen_response_id, rejected_response_id) -%}
    md5({{ strategy }} || '|' || {{ chosen_response_id }} || '|' || {{ rejected_response_id }})
{%- endmacro %}
