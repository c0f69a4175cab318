{% macro drawn_place(strategy, prompt_id, n_pairs) %}
    {{- return(adapter.dispatch("drawn_place", "zebra")(strategy, prompt_id, n_pairs)) -}}
{% endmacro %}

{% macro default__drawn_place(strategy, prompt_id, n_pairs) -%}
    mod({{ hash_number("'draw' || " ~ strategy ~ " || " ~ prompt_id) }}, {{ n_pairs }}) + 1
{%- endmacro %}
