{% macro stop_on_leaderboard_problems(problems) %}
    {% if execute %}
        {% set found = run_query(
            "select source_file || ': ' || detail from " ~ problems
            ~ " order by source_file, problem, detail"
        ).columns[0].values() %}
        {% if found | length > 0 %}
            {% do exceptions.raise_compiler_error(
                found[:5] | join("; ")
                ~ ("; and " ~ (found | length - 5) ~ " more" if found | length > 5 else "")
                ~ ". Mend the " ~ ("seed" if var("leaderboard") is none else "file")
                ~ " and build again."
            ) %}
        {% endif %}
    {% endif %}
    {% do return("select 1") %}
{% endmacro %}
