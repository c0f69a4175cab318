{% macro marked_turns(text, user, assistant) %}
    {{- return(adapter.dispatch("marked_turns", "zebra")(text, user, assistant)) -}}
{% endmacro %}

{% macro duckdb__marked_turns(text, user, assistant) -%}
    {#- The text opens with the user's marker and closes with the assistant's. -#}
    {%- set user_mark = "chr(10) || chr(10) || '" ~ user ~ ": '" -%}
    {%- set assistant_mark = "chr(10) || chr(10) || '" ~ assistant ~ ":'" -%}
    flatten(
        list_transform(
            list_filter(string_split({{ text }}, {{ user_mark }}), lambda turn: turn <> ''),
            lambda turn: list_filter(
                [
                    {{ message("'user'", "string_split(turn, " ~ assistant_mark ~ ")[1]") }},
                    {{ message(
                        "'assistant'", "ltrim(string_split(turn, " ~ assistant_mark ~ ")[2])"
                    ) }}
                ],
                lambda said: coalesce(said.content, '') <> '' or said.role = 'user'
            )
        )
    )
{%- endmacro %}
