{% macro refuses(response, phrases) %}
    {{- return(adapter.dispatch("refuses", "zebra")(response, phrases)) -}}
{% endmacro %}

{% macro default__refuses(response, phrases) -%}
    {%- set conditions = [] -%}
    {%- if execute -%}
        {%- for phrase in run_query(
            "select lower(trim(phrase)) from " ~ phrases
            ~ " where trim(phrase) <> '' order by phrase"
        ).columns[0].values() -%}
            {%- set opening = "replace(lower(left(" ~ response ~ ", 160)), '’', '''')" -%}
            {%- do conditions.append("contains(" ~ opening ~ ", " ~ sql_text(phrase) ~ ")") -%}
        {%- endfor -%}
    {%- endif -%}
    ({{ conditions | join("\n            or ") or "false" }})
{%- endmacro %}
