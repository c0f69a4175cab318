{% macro alternating_turns(texts) %}
    {{- return(adapter.dispatch("alternating_turns", "zebra")(texts)) -}}
{% endmacro %}

{% macro duckdb__alternating_turns(texts) -%}
    list_transform(
        {{ texts }},
        lambda item, place:
            {{ message("case when place % 2 = 1 then 'user' else 'assistant' end", "item") }}
    )
{%- endmacro %}
