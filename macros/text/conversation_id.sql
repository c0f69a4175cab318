{% macro conversation_id(history, prompt) %}
    {{- return(adapter.dispatch("conversation_id", "zebra")(history, prompt)) -}}
{% endmacro %}

{% macro duckdb__conversation_id(history, prompt) -%}
    case
        when len({{ history }}) > 0
            then md5(
                array_to_string(
                    list_transform(
                        {{ history }},
                        lambda turn: turn.role || chr(31) || coalesce(turn.content, '')
                    ),
                    chr(30)
                ) || chr(30) || 'user' || chr(31) || {{ prompt }}
            )
        else md5({{ prompt }})
    end
{%- endmacro %}
