{% macro benchmark_name_key(name) %}
    {{- return(adapter.dispatch("benchmark_name_key", "zebra")(name)) -}}
{% endmacro %}

{% macro duckdb__benchmark_name_key(name) -%}
    {#- MMLU_PRO, MMLU-Pro and mmlu pro are one name; HumanEval+ is not HumanEval. -#}
    regexp_replace(lower({{ name }}), '[\s_–-]+', '', 'g')
{%- endmacro %}

{% macro measure_words() %}
    {#- What columns add to a benchmark's name to say how it was measured; no benchmark's name. -#}
    {% do return([
        "\\d+[ -]?shots?", "zero[ -]shot", "few[ -]shot", "cot", "cot correct", "closed[ -]book",
        "raw", "none", "em", "exact[ _]match", "acc", "acc_norm", "accuracy", "equivalent", "score",
        "f1", "bleu-4", "rouge-[12l]", "mc2", "pass@1", "strict[ -]match", "flexible[ -]extract",
        "(?:prompt|inst)_level_(?:strict|loose)_acc", "(?:[a-z]+ )?strict acc", "wb score",
        "greedy", "percent", "%", "↑", "⬆️?",
    ]) %}
{% endmacro %}

{% macro without_measure(name) %}
    {{- return(adapter.dispatch("without_measure", "zebra")(name)) -}}
{% endmacro %}

{% macro duckdb__without_measure(name) -%}
    {#- HellaSwag(10-shot), MMLU - EM, hellaswag acc_norm,none, IFEval Raw: the name alone. -#}
    regexp_replace(
        lower({{ name }}),
        '(?:[\s_:,/([–-]+(?:{{ measure_words() | join("|") }})[\s)\]]*)+$',
        ''
    )
{%- endmacro %}

{% macro folded_name(name) %}
    {{- return(adapter.dispatch("folded_name", "zebra")(name)) -}}
{% endmacro %}

{% macro duckdb__folded_name(name) -%}
    trim(regexp_replace({{ name }}, '[\s\x{00A0}\x{FEFF}]+', ' ', 'g'))
{%- endmacro %}

{% macro name_without_markup(name) %}
    {{- return(adapter.dispatch("name_without_markup", "zebra")(name)) -}}
{% endmacro %}

{% macro duckdb__name_without_markup(name) -%}
    {#- Of a link its first text; then what is neither letter, number nor bracket at either end. -#}
    regexp_replace(
        {{ folded_name(
            "regexp_replace(regexp_replace(regexp_replace(" ~ name
            ~ ", '^.*?<a\\s[^>]*>(.*?)</a>.*$', '\\1', 's'), '^\\W*\\[([^\\]]+)\\]\\([^)]*\\).*$',"
            ~ " '\\1', 's'), '<[^>]*>', '', 'g')"
        ) }},
        '^(?:[\p{So}\p{Sk}\x{FE0F}\x{200D}*\s])+|(?:[\p{So}\p{Sk}\x{FE0F}\x{200D}*\s])+$',
        '',
        'g'
    )
{%- endmacro %}

{% macro is_plain_text(text) %}
    {{- return(adapter.dispatch("is_plain_text", "zebra")(text)) -}}
{% endmacro %}

{% macro duckdb__is_plain_text(text) -%}
    coalesce(regexp_full_match({{ text }}, '[A-Za-z0-9./][A-Za-z0-9./_-]*'), false)
{%- endmacro %}
