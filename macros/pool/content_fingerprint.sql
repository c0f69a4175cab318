{% macro content_fingerprint(columns) %}
    {{- return(adapter.dispatch("content_fingerprint", "zebra")(columns)) -}}
{% endmacro %}

{% macro default__content_fingerprint(columns) -%}
    {%- set row_text = [] -%}
    {%- for column in columns -%}
        {%- do row_text.append("coalesce(" ~ column ~ ", '')") -%}
    {%- endfor -%}
    md5({{ joined_list(sorted_list("md5(" ~ row_text | join(" || chr(31) || ") ~ ")"), "'|'") }})
{%- endmacro %}
