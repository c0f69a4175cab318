{# Cells as written: leaderboard, source_file, row_number, model, benchmark, score_text, source. #}
{% macro read_leaderboard(leaderboard) -%}
    {%- if leaderboard == "seeds" -%} {{ _scores_of_seed() }}
    {%- else -%}
        {#- Text even of a var that makes no sense: a parse comes before the check of vars. -#}
        {%- set path = leaderboard_path(leaderboard) | string -%}
        {%- set name = modules.re.split("[/\\\\]", leaderboard | string)[-1] -%}
        {%- set columns = leaderboard_columns_of(path) if execute else {"model": "model"} -%}
        {%- set model = _column_of_models(path, columns) -%}
        {%- if "score" in columns and ("benchmark" in columns or "task" in columns) -%}
            {{ read_long_leaderboard(name, path, model, columns) }}
        {%- else -%} {{ read_wide_leaderboard(name, path, model) }}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{% macro _scores_of_seed() -%}
    select
        'seeds' as leaderboard,
        'benchmark_scores.csv' as source_file,
        row_number() over () as row_number,
        model,
        benchmark,
        score as score_text,
        source
    from {{ ref('benchmark_scores') }}
{%- endmacro %}

{% macro read_long_leaderboard(leaderboard, path, model, columns) %}
    {{- return(
        adapter.dispatch("read_long_leaderboard", "zebra")(leaderboard, path, model, columns)
    ) -}}
{% endmacro %}

{% macro duckdb__read_long_leaderboard(leaderboard, path, model, columns) -%}
    select
        {{ sql_text(leaderboard) }} as leaderboard,
        {{ sql_text(path) }} as source_file,
        row_number() over () as row_number,
        {{ adapter.quote(model) }} as model,
        {{ adapter.quote(columns.get("benchmark", columns.get("task"))) }} as benchmark,
        {{ adapter.quote(columns.score) }} as score_text,
        {{ adapter.quote(columns.source) if "source" in columns else "cast(null as string)" }}
            as source
    from {{ leaderboard_file(path) }}
{%- endmacro %}

{% macro read_wide_leaderboard(leaderboard, path, model) %}
    {{- return(
        adapter.dispatch("read_wide_leaderboard", "zebra")(leaderboard, path, model)
    ) -}}
{% endmacro %}

{% macro duckdb__read_wide_leaderboard(leaderboard, path, model) -%}
    {#- A blank cell gives no row: a figure that is missing. -#}
    select
        {{ sql_text(leaderboard) }} as leaderboard,
        {{ sql_text(path) }} as source_file,
        row_number,
        {{ adapter.quote(model) }} as model,
        benchmark,
        score_text,
        {% set source = shipped_leaderboards().get(leaderboard) -%}
        {{ sql_text(source) if source else "cast(null as string)" }} as source
    from (
        unpivot (
            select
                row_number() over () as row_number,
                *
            from {{ leaderboard_file(path) }}
        ) on columns(* exclude (row_number, {{ adapter.quote(model) }}))
        into name benchmark value score_text
    )
{%- endmacro %}

{% macro leaderboard_file(path) %}
    {{- return(adapter.dispatch("leaderboard_file", "zebra")(path)) -}}
{% endmacro %}

{% macro duckdb__leaderboard_file(path) -%}
    {#- To guess how a file is written takes longer than to read it: of ours it is known. -#}
    read_csv(
        {{ sql_text(path) }}, all_varchar = true, header = true
        {%- if path.startswith("seeds/leaderboards/") -%}
        , delim = ',', quote = '"', escape = '"', sample_size = 1000
        {%- endif %}
    )
{%- endmacro %}

{% macro leaderboard_columns_of(path) %}
    {{- return(adapter.dispatch("leaderboard_columns_of", "zebra")(path)) -}}
{% endmacro %}

{% macro duckdb__leaderboard_columns_of(path) %}
    {% set columns = {} %}
    {% for name in run_query(
        "select column_name from (describe select * from " ~ leaderboard_file(path) ~ ")"
    ).columns[0].values() %}
        {% do columns.update({name | lower | trim: name}) %}
    {% endfor %}
    {% do return(columns) %}
{% endmacro %}

{% macro _column_of_models(path, columns) %}
    {% set names = ["model", "model_name", "fullname", "name"] | select("in", columns) | list %}
    {% if not names %}
        {% do exceptions.raise_compiler_error(
            path ~ " has no column of models' names; its columns are "
            ~ columns.values() | join(", ") ~ ": call the one that holds them model."
        ) %}
    {% endif %}
    {% do return(columns[names[0]]) %}
{% endmacro %}
