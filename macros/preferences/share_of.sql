{% macro share_of(share, number) %}
    {{- return(adapter.dispatch("share_of", "zebra")(share, number)) -}}
{% endmacro %}

{% macro default__share_of(share, number) -%}
    {#- Rounded first: 0.29 * 100 is 28.999999999999996. -#}
    cast(floor(round({{ share }} * {{ number }}, 6)) as bigint)
{%- endmacro %}
