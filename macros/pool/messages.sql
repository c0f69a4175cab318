{% macro no_messages() %} {{- return(adapter.dispatch("no_messages", "zebra")()) -}} {% endmacro %}

{% macro duckdb__no_messages() -%}
    cast(null as struct(role string, content string)[])
{%- endmacro %}

{% macro as_messages(items) %}
    {{- return(adapter.dispatch("as_messages", "zebra")(items)) -}}
{% endmacro %}

{% macro duckdb__as_messages(items) -%}
    cast({{ items }} as struct(role string, content string)[])
{%- endmacro %}

{% macro message(role, content) %}
    {{- return(adapter.dispatch("message", "zebra")(role, content)) -}}
{% endmacro %}

{% macro duckdb__message(role, content) -%}
    {'role': {{ role }}, 'content': {{ content }}}
{%- endmacro %}

{% macro conversation(history, prompt) %}
    {{- return(adapter.dispatch("conversation", "zebra")(history, prompt)) -}}
{% endmacro %}

{% macro duckdb__conversation(history, prompt) -%}
    coalesce({{ history }}, []) || [{{ message("'user'", prompt) }}]
{%- endmacro %}

{% macro last_content(messages) %}
    {{- return(adapter.dispatch("last_content", "zebra")(messages)) -}}
{% endmacro %}

{% macro duckdb__last_content(messages) -%}
    {{ messages }}[-1].content
{%- endmacro %}

{% macro last_user_turn(messages) %}
    {{- return(adapter.dispatch("last_user_turn", "zebra")(messages)) -}}
{% endmacro %}

{% macro duckdb__last_user_turn(messages) -%}
    case when {{ messages }}[-1].role = 'user' then {{ messages }}[-1].content end
{%- endmacro %}

{% macro all_but_last(items) %}
    {{- return(adapter.dispatch("all_but_last", "zebra")(items)) -}}
{% endmacro %}

{% macro duckdb__all_but_last(items) -%}
    {{ items }}[:-2]
{%- endmacro %}

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

{% macro turns_answered(questions, answers, model, score="null") %}
    {{- return(adapter.dispatch("turns_answered", "zebra")(questions, answers, model, score)) -}}
{% endmacro %}

{% macro duckdb__turns_answered(questions, answers, model, score) -%}
    {#- An answer's prompt is all that was said before it; the score is that of the last. -#}
    list_transform(
        case when len({{ answers }}) > 0 then {{ answers }} else [null] end,
        lambda response, place: {{ answer(
            "flatten(list_transform(range(1, place), lambda turn: ["
            ~ message("'user'", questions ~ "[turn]") ~ ", "
            ~ message("'assistant'", answers ~ "[turn]")
            ~ "])) || [" ~ message("'user'", questions ~ "[place]") ~ "]",
            model,
            "response",
            "case when place = len(" ~ answers ~ ") then " ~ score ~ " end",
        ) }}
    )
{%- endmacro %}

{% macro answers_in_conversation(messages, model, score) %}
    {{- return(
        adapter.dispatch("answers_in_conversation", "zebra")(messages, model, score)
    ) -}}
{% endmacro %}

{% macro duckdb__answers_in_conversation(messages, model, score) -%}
    {#- What could not be read, or is not there, is kept, so that it can be reported. -#}
    {%- set places -%}
        list_filter(
            range(1, len({{ messages }}) + 1),
            lambda place: {{ messages }}[place].role = 'assistant'
        )
    {%- endset -%}
    list_transform(
        case when len({{ places }}) > 0 then {{ places }} else [null] end,
        lambda place: {{ answer(
            messages ~ "[:place - 1]",
            model,
            "case when place is not null then " ~ messages ~ "[place].content when contains("
            ~ messages ~ "[1].content, " ~ no_text() ~ ") then " ~ no_text() ~ " end",
            "case when place = len(" ~ messages ~ ") then " ~ score ~ " end",
        ) }}
    )
{%- endmacro %}

{% macro question(prompt, addition) %}
    {{- return(adapter.dispatch("question", "zebra")(prompt, addition)) -}}
{% endmacro %}

{% macro default__question(prompt, addition) -%}
    case
        when {{ prompt }} is null or coalesce({{ trimmed(addition) }}, '') in ('', {{ prompt }})
            then coalesce({{ prompt }}, {{ addition }})
        else {{ prompt }} || chr(10) || chr(10) || {{ addition }}
    end
{%- endmacro %}

{% macro after_system(system, messages) %}
    {{- return(adapter.dispatch("after_system", "zebra")(system, messages)) -}}
{% endmacro %}

{% macro duckdb__after_system(system, messages) -%}
    case
        when
            coalesce({{ trimmed(system) }}, '') = ''
            or coalesce({{ messages }}[1].role, '') = 'system'
            then {{ messages }}
        else [{{ message("'system'", system) }}] || coalesce({{ messages }}, [])
    end
{%- endmacro %}
