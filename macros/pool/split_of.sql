{% macro split_of(prompt_id) %}
    {{- return(adapter.dispatch("split_of", "zebra")(prompt_id)) -}}
{% endmacro %}

{% macro default__split_of(prompt_id) -%}
    {#- The hash's first eight digits are compared as text with the share in the same form. -#}
    {%- set share = var("test_fraction") -%}
    {%- if share >= 1 -%} 'test'
    {%- else -%}
        {%- set bound = "%08x" % (share * 4294967296) | int -%}
        case
            when substr(md5('split' || {{ prompt_id }}), 1, 8) < '{{ bound }}'
                then 'test'
            else 'train'
        end
    {%- endif -%}
{%- endmacro %}
