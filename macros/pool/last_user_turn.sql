{% macro last_user_turn(messages) %}
    {{- return(adapter.dispatch("last_user_turn", "zebra")(messages)) -}}
{% endmacro %}

{% macro duckdb__last_user_turn(messages) -%}
    case when {{ messages }}[-1].role = 'user' then {{ messages }}[-1].content end
{%- endmacro %}
