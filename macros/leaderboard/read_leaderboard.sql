{# Cells as written: leaderboard, source_file, row_number, model, benchmark, score_text, source. Of
   what ships it is known how it is written; files of others are read in shapes/. #}
{% macro read_leaderboard(leaderboard) -%}
    {%- if leaderboard == "seeds" -%} {{ scores_of_seeds() }}
    {%- elif shipped_leaderboards()[leaderboard] is none -%}
        {{ read_long_leaderboard(leaderboard) }}
    {%- else -%} {{ read_wide_leaderboard(leaderboard) }}
    {%- endif -%}
{%- endmacro %}

{% macro scores_of_seeds() -%}
    select
        'seeds' as leaderboard,
        'benchmark_scores.csv' as source_file,
        {{ place_of_row() }} as row_number,
        model,
        benchmark,
        score as score_text,
        source
    from {{ ref('benchmark_scores') }}
{%- endmacro %}

{% macro read_long_leaderboard(leaderboard) -%}
    select
        {{ sql_text(leaderboard) }} as leaderboard,
        {{ sql_text(leaderboard_path(leaderboard)) }} as source_file,
        {{ place_of_row() }} as row_number,
        model,
        benchmark,
        score as score_text,
        source
    from {{ shipped_file(leaderboard) }}
{%- endmacro %}

{% macro read_wide_leaderboard(leaderboard) -%}
    {#- A blank cell gives no row: a figure that is missing. -#}
    select
        {{ sql_text(leaderboard) }} as leaderboard,
        {{ sql_text(leaderboard_path(leaderboard)) }} as source_file,
        row_number,
        model,
        benchmark,
        score_text,
        {{ sql_text(shipped_leaderboards()[leaderboard]) }} as source
    from (
        select
            {{ place_of_row() }} as row_number,
            *
        from {{ shipped_file(leaderboard) }}
    ) unpivot (score_text for benchmark in ({{ benchmark_columns(leaderboard) if execute }}))
{%- endmacro %}

{% macro benchmark_columns(leaderboard) %}
    {{- return(adapter.dispatch("benchmark_columns", "zebra")(leaderboard)) -}}
{% endmacro %}

{% macro duckdb__benchmark_columns(leaderboard) -%}
    columns(* exclude (row_number, model))
{%- endmacro %}

{% macro shipped_file(leaderboard) %}
    {{- return(adapter.dispatch("shipped_file", "zebra")(leaderboard)) -}}
{% endmacro %}

{% macro duckdb__shipped_file(leaderboard) -%}
    {#- To guess how a file is written takes longer than to read it. -#}
    read_csv(
        {{ sql_text(leaderboard_path(leaderboard)) }}, all_varchar = true, header = true,
        delim = ',', quote = '"', escape = '"', sample_size = 1000
    )
{%- endmacro %}
