{% macro leaderboard_entries() %}
    {% set entries = var("leaderboard") %}
    {% set entries = [entries] if entries is string else entries if _is_list(entries) else [] %}
    {# What is no text is refused before anything is built, but not before the parse. #}
    {% do return(entries | select("string") | list) %}
{% endmacro %}

{# Files of var leaderboard in its order, of a glob by name: number, source_file, board. #}
{% macro leaderboard_files() %}
    {% set files = [] %}
    {% set seen = [] %}
    {% for entry in leaderboard_entries() %}
        {% set path = path_with_files("leaderboard", leaderboard_path(entry)) %}
        {% for found in run_query(
            "select source_file from (" ~ files_at(path) ~ ") order by source_file"
        ).columns[0].values() if found not in seen %}
            {% do seen.append(found) %}
            {% do files.append({
                "number": files | length + 1,
                "source_file": found,
                "board": file_name(entry if entry in shipped_leaderboards() else found),
            }) %}
        {% endfor %}
    {% endfor %}
    {% do return(files) %}
{% endmacro %}

{% macro no_leaderboard_cells() -%}
    select
        cast(null as bigint) as file_number,
        cast(null as string) as source_file,
        cast(null as string) as board,
        cast(null as string) as shape,
        cast(null as bigint) as row_number,
        cast(null as bigint) as column_number,
        cast(null as string) as column_name,
        cast(null as string) as model,
        cast(null as string) as score_text,
        cast(null as string) as stated_unit,
        cast(null as string) as source
    where false
{%- endmacro %}
