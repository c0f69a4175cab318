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

{% macro spark__conversation_id(history, prompt) -%}
    case
        when array_size({{ history }}) > 0
            then md5(
                array_join(
                    transform(
                        {{ history }},
                        turn -> turn.role || chr(31) || coalesce(turn.content, '')
                    ),
                    chr(30)
                ) || chr(30) || 'user' || chr(31) || {{ prompt }}
            )
        else md5({{ prompt }})
    end
{%- endmacro %}

{% macro response_id(prompt_id, model, response_md5) %}
    {{- return(adapter.dispatch("response_id", "zebra")(prompt_id, model, response_md5)) -}}
{% endmacro %}

{% macro default__response_id(prompt_id, model, response_md5) -%}
    md5({{ prompt_id }} || '|' || {{ model }} || '|' || {{ response_md5 }})
{%- endmacro %}

{% macro pair_id(strategy, chosen_response_id, rejected_response_id) %}
    {{- return(
        adapter.dispatch("pair_id", "zebra")(strategy, chosen_response_id, rejected_response_id)
    ) -}}
{% endmacro %}

{% macro default__pair_id(strategy, chosen_response_id, rejected_response_id) -%}
    md5({{ strategy }} || '|' || {{ chosen_response_id }} || '|' || {{ rejected_response_id }})
{%- endmacro %}

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

{% macro spark__prompt_group(history, folded_prompt) -%}
    {%- set folded_history -%}
        transform({{ history }}, turn -> {{ message("turn.role", folded("turn.content")) }})
    {%- endset -%}
    {{ conversation_id(folded_history, folded_prompt) }}
{%- endmacro %}

{% macro hash_number(text) %}
    {{- return(adapter.dispatch("hash_number", "zebra")(text)) -}}
{% endmacro %}

{% macro default__hash_number(text) -%}
    cast(conv(left(md5({{ text }}), 8), 16, 10) as bigint)
{%- endmacro %}

{% macro duckdb__hash_number(text) -%}
    cast('0x' || left(md5({{ text }}), 8) as bigint)
{%- endmacro %}

{% macro opening_key(text) %}
    {{- return(adapter.dispatch("opening_key", "zebra")(text)) -}}
{% endmacro %}

{% macro default__opening_key(text) -%}
    {#- The first 64 characters nearly always hold 32 that are no white space. -#}
    left(md5(left(
        case
            when length({{ without_blanks("left(" ~ text ~ ", 64)") }}) >= 32
                then {{ without_blanks("left(" ~ text ~ ", 64)") }}
            else {{ without_blanks(text) }}
        end,
        32
    )), 8)
{%- endmacro %}

{% macro split_of(prompt_group) %}
    {{- return(adapter.dispatch("split_of", "zebra")(prompt_group)) -}}
{% endmacro %}

{% macro default__split_of(prompt_group) -%}
    {#- The hash's first eight digits are compared as text with the share in the same form. -#}
    {%- set share = var("test_fraction") -%}
    {%- if share >= 1 -%} 'test'
    {%- else -%}
        {%- set bound = "%08x" % (share * 4294967296) | int -%}
        case
            when substr(md5('split' || {{ prompt_group }}), 1, 8) < '{{ bound }}'
                then 'test'
            else 'train'
        end
    {%- endif -%}
{%- endmacro %}
