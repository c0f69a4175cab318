{% macro prompt_group(history, folded_prompt) %}
    {{- return(adapter.dispatch("prompt_group", "zebra")(history, folded_prompt)) -}}
{% endmacro %}

{% macro duckdb__prompt_group(history, folded_prompt) -%}
    {%- set folded_history -%}
        list_transform(
            {{ history }},
            lambda turn: {'role': turn.role, 'content': {{ folded('turn.content') }}}
        )
    {%- endset -%}
    {{ conversation_id(folded_history, folded_prompt) }}
{%- endmacro %}
