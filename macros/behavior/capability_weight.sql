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
