{% macro prompt_group(history, prompt) %}
    {{- return(adapter.dispatch("prompt_group", "zebra")(history, prompt)) -}}
{% endmacro %}

{% macro duckdb__prompt_group(history, prompt) -%}
    case
        when len({{ history }}) > 0
            then md5(
                array_to_string(
                    list_transform(
                        {{ history }},
                        lambda turn: turn.role || chr(31)
                            || coalesce({{ folded('turn.content') }}, '')
                    ),
                    chr(30)
                ) || chr(30) || 'user' || chr(31) || {{ folded(prompt) }}
            )
        else md5({{ folded(prompt) }})
    end
{%- endmacro %}
