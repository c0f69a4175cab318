{% macro benchmark_name_key(name) %}
    {{- return(adapter.dispatch("benchmark_name_key", "zebra")(name)) -}}
{% endmacro %}

{% macro default__benchmark_name_key(name) -%}
    {#- MMLU_PRO, MMLU-Pro and mmlu pro are one name; HumanEval+ is not HumanEval. -#}
    {{ with_replaced("lower(" ~ name ~ ")", "[\\s_–-]+", "") }}
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

{% macro default__without_measure(name) -%}
    {#- HellaSwag(10-shot), MMLU - EM, hellaswag acc_norm,none, IFEval Raw: the name alone. -#}
    {{ with_replaced(
        "lower(" ~ name ~ ")",
        "(?:[\\s_:,/(\\[–-]+(?:" ~ measure_words() | join("|") ~ ")[\\s)\\]]*)+$",
        "",
    ) }}
{%- endmacro %}

{% macro folded_name(name) %}
    {{- return(adapter.dispatch("folded_name", "zebra")(name)) -}}
{% endmacro %}

{% macro default__folded_name(name) -%}
    trim({{ with_replaced(name, "[\\s\\x{00A0}\\x{FEFF}]+", " ") }})
{%- endmacro %}

{% macro name_without_markup(name) %}
    {{- return(adapter.dispatch("name_without_markup", "zebra")(name)) -}}
{% endmacro %}

{% macro default__name_without_markup(name) -%}
    {#- Of a link its first text; then what is neither letter, number nor bracket at either end. -#}
    {%- set text = with_replaced(name, "(?s)^.*?<a\\s[^>]*>(.*?)</a>.*$", "\\1") -%}
    {%- set text = with_replaced(text, "(?s)^\\W*\\[([^\\]]+)\\]\\([^)]*\\).*$", "\\1") -%}
    {%- set signs = "[\\p{So}\\p{Sk}\\x{FE0F}\\x{200D}*\\s]" -%}
    {{ with_replaced(
        folded_name(with_replaced(text, "<[^>]*>", "")),
        "^(?:" ~ signs ~ ")+|(?:" ~ signs ~ ")+$",
        "",
    ) }}
{%- endmacro %}

{% macro is_plain_text(text) %}
    {{- return(adapter.dispatch("is_plain_text", "zebra")(text)) -}}
{% endmacro %}

{% macro default__is_plain_text(text) -%}
    coalesce({{ is_pattern(text, "[A-Za-z0-9./][A-Za-z0-9./_-]*") }}, false)
{%- endmacro %}

{# Names that pairs of names link, however many steps it takes; `groups` is what it is called. #}
{% macro linked_names(pairs, groups) %}
    {{- return(adapter.dispatch("linked_names", "zebra")(pairs, groups)) -}}
{% endmacro %}

{% macro default__linked_names(pairs, groups) -%}
    select name_key, name_key as other_key from {{ pairs }}
    union
    select
        {{ groups }}.name_key,
        {{ pairs }}.other_key
    from {{ groups }}
    inner join {{ pairs }} on {{ groups }}.other_key = {{ pairs }}.name_key
{%- endmacro %}

{% macro spark__linked_names(pairs, groups) -%}
    {#- Its recursion cannot pass over rows that it had before: so four steps, and no more. -#}
    with
    links_0 as (
        select name_key, name_key as other_key from {{ pairs }}
        union
        select name_key, other_key from {{ pairs }}
    ),
    {%- for step in range(2) %}
    links_{{ step + 1 }} as (
        select distinct
            first_links.name_key,
            next_links.other_key
        from links_{{ step }} as first_links
        inner join links_{{ step }} as next_links on first_links.other_key = next_links.name_key
    ){{ "," if not loop.last }}
    {%- endfor %}
    select * from links_2
{%- endmacro %}
