{% macro place_from(first_place, place, n_pairs) %}
    {{- return(adapter.dispatch("place_from", "zebra")(first_place, place, n_pairs)) -}}
{% endmacro %}

{% macro default__place_from(first_place, place, n_pairs) -%}
    mod({{ place }} - ({{ first_place }}) + {{ n_pairs }}, {{ n_pairs }}) + 1
{%- endmacro %}
