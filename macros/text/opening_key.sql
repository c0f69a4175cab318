{% macro opening_key(text) %}
    {{- return(adapter.dispatch("opening_key", "zebra")(text)) -}}
{% endmacro %}

{% macro default__opening_key(text) -%}
    {#- The first 64 characters nearly always hold 32 that are no white space. -#}
    left(md5(left(
        case
            when length({{ without_blanks("left(" ~ text ~ ", 64)") }}) >= 32
                then {{ without_blanks("left(" ~ text ~ ", 64)") }}
            else {{ without_blanks(text) }}
        end,
        32
    )), 8)
{%- endmacro %}
