{# What var leaderboard_columns says of benchmarks: name_key, column_key. #}
{% macro given_benchmarks() -%}
    {%- set rows = [] -%}
    {%- set given = var("leaderboard_columns") -%}
    {%- for name, column in given.items() if name not in leaderboard_roles() -%}
        {%- do rows.append("(" ~ sql_text(name) ~ ", " ~ sql_text(column) ~ ")") -%}
    {%- endfor -%}
    select
        {{ benchmark_name_key("given.name") }} as name_key,
        {{ benchmark_name_key("given.column_name") }} as column_key
    from (values {{ rows | join(", ") or "(null, null)" }}) as given (name, column_name)
{%- endmacro %}

{% macro is_score_column(column_name) %}
    {{- return(adapter.dispatch("is_score_column", "zebra")(column_name)) -}}
{% endmacro %}

{% macro default__is_score_column(column_name) -%}
    {{ is_pattern(
        "lower(" ~ column_name ~ ")",
        "(avg |average |overall )?(score|em|exact[ _]match|acc|accuracy|f1|pass@1|result|value|"
        ~ "(\\w+_)*win ?_?rate|performance)( ?\\(%\\)| ?%)?",
    ) }}
{%- endmacro %}

{% macro name_of_file(source_file) -%}
    {{ with_replaced(source_file, "^.*[/\\\\]", "") }}
{%- endmacro %}

{# Whether a file's name has a benchmark's name in it, as words of its own. #}
{% macro has_words(source_file, name) %}
    {{- return(adapter.dispatch("has_words", "zebra")(source_file, name)) -}}
{% endmacro %}

{% macro default__has_words(source_file, name) -%}
    {%- set file_name = "lower(" ~ name_of_file(source_file) ~ ")" -%}
    contains(
        ' ' || {{ with_replaced(file_name, "[^a-z0-9+]+", " ") }} || ' ',
        ' ' || trim({{ with_replaced("lower(" ~ name ~ ")", "[^a-z0-9+]+", " ") }}) || ' '
    )
{%- endmacro %}

{# 20240624 of a file's name that has 2024_06_24, 2024-06-24 or 20240624 in it, null without. #}
{% macro digits_of_date(source_file) %}
    {{- return(adapter.dispatch("digits_of_date", "zebra")(source_file)) -}}
{% endmacro %}

{% macro default__digits_of_date(source_file) -%}
    nullif(
        translate(
            regexp_extract(
                {{ name_of_file(source_file) }},
                '(?:^|[^0-9])(20[0-9][0-9][._-]?(?:0[1-9]|1[0-2])[._-]?(?:0[1-9]|[12][0-9]|3[01]))'
                || '(?:[^0-9].*)?$',
                1
            ),
            '._-', ''
        ),
        ''
    )
{%- endmacro %}

{# Of several columns of one benchmark the least is taken: one that was named, then raw figures. #}
{% macro preference_of_column(column_name) %}
    {{- return(adapter.dispatch("preference_of_column", "zebra")(column_name)) -}}
{% endmacro %}

{% macro default__preference_of_column(column_name) -%}
    {%- set name = "lower(" ~ column_name ~ ")" -%}
    case
        when named_by = 'leaderboard_columns' then 0
        when {{ has_pattern(name, "[\\s_(-]raw\\)?$") }} then 1
        when named_by = 'name' then 2
        when {{ has_pattern(name, " (acc_norm|exact_match,strict-match)") }} then 3
        when {{ has_pattern(name, " prompt_level_strict_acc") }} then 3
        when {{ has_pattern(name, "(loose|inst_level|flexible)") }} then 6
        when {{ has_pattern(name, " acc(,|$)") }} then 5
        else 4
    end
{%- endmacro %}

{# The first three texts of a group, and that there are more. #}
{% macro first_of_list(text, place, condition) %}
    {{- return(adapter.dispatch("first_of_list", "zebra")(text, place, condition)) -}}
{% endmacro %}

{% macro default__first_of_list(text, place, condition) -%}
    {{ first_texts(text, place, condition, 3) }}
    || case when count(*) filter (where {{ condition }}) > 3 then ', …' else '' end
{%- endmacro %}

{% macro no_leaderboard_columns() -%}
    select
        cast(null as bigint) as file_number,
        cast(null as string) as source_file,
        cast(null as string) as board,
        cast(null as string) as shape,
        cast(null as bigint) as column_number,
        cast(null as string) as column_name,
        cast(null as string) as benchmark,
        cast(null as string) as read_as,
        cast(null as string) as reason,
        cast(null as string) as named_by,
        cast(null as bigint) as n_figures,
        cast(null as string) as decimal_sign,
        cast(null as string) as unit_found,
        cast(null as boolean) as is_rescaled,
        cast(null as string) as note,
        cast(null as string) as problem
    where false
{%- endmacro %}
