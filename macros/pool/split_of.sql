{% macro split_of(prompt_group) %}
    {{- return(adapter.dispatch("split_of", "zebra")(prompt_group)) -}}
{% endmacro %}

{% macro default__split_of(prompt_group) -%}
    {#- The hash's first eight digits are compared as text with the share in the same form. -#}
    {%- set share = var("test_fraction") -%}
    {%- if share >= 1 -%} 'test'
    {%- else -%}
        {%- set bound = "%08x" % (share * 4294967296) | int -%}
        case
            when substr(md5('split' || {{ prompt_group }}), 1, 8) < '{{ bound }}'
                then 'test'
            else 'train'
        end
    {%- endif -%}
{%- endmacro %}
