{% macro turns_answered(questions, answers, model) %}
    {{- return(adapter.dispatch("turns_answered", "zebra")(questions, answers, model)) -}}
{% endmacro %}

{% macro duckdb__turns_answered(questions, answers, model) -%}
    {#- An answer's prompt is all that was said before it. -#}
    list_transform(
        {{ answers }},
        lambda response, place: {{ answer(
            "flatten(list_transform(range(1, place), lambda turn: ["
            ~ message("'user'", questions ~ "[turn]") ~ ", "
            ~ message("'assistant'", answers ~ "[turn]")
            ~ "])) || [" ~ message("'user'", questions ~ "[place]") ~ "]",
            model,
            "response",
            "null",
        ) }}
    )
{%- endmacro %}
