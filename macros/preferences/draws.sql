{% macro drawn_place(strategy, prompt_id, n_pairs) %}
    {{- return(adapter.dispatch("drawn_place", "zebra")(strategy, prompt_id, n_pairs)) -}}
{% endmacro %}

{% macro default__drawn_place(strategy, prompt_id, n_pairs) -%}
    mod({{ hash_number("'draw' || " ~ strategy ~ " || " ~ prompt_id) }}, {{ n_pairs }}) + 1
{%- endmacro %}

{% macro place_from(first_place, place, n_pairs) %}
    {{- return(adapter.dispatch("place_from", "zebra")(first_place, place, n_pairs)) -}}
{% endmacro %}

{% macro default__place_from(first_place, place, n_pairs) -%}
    mod({{ place }} - ({{ first_place }}) + {{ n_pairs }}, {{ n_pairs }}) + 1
{%- endmacro %}

{% macro share_of(share, number) %}
    {{- return(adapter.dispatch("share_of", "zebra")(share, number)) -}}
{% endmacro %}

{% macro default__share_of(share, number) -%}
    {#- Rounded first: 0.29 * 100 is 28.999999999999996. -#}
    cast(floor(round({{ share }} * {{ number }}, 6)) as bigint)
{%- endmacro %}
