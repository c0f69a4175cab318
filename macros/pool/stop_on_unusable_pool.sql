{% macro stop_on_unusable_pool(responses, models) %}
    {% if not execute %} {% do return("") %} {% endif %}
    {% set counts = run_query(
        "select count(*), count(*) filter (where reason is null), "
        ~ "count(*) filter (where reason = 'unknown_model') from " ~ responses
    ).rows[0] %}
    {% if counts[0] == 0 %}
        {% do exceptions.raise_compiler_error(
            "var responses_path: the pool holds no response; name a file with at least one."
        ) %}
    {% elif counts[1] == 0 and counts[2] > 0 %}
        {% do exceptions.raise_compiler_error(
            "no model of the pool is known: " ~ unknown_models(models)
            ~ "; add their scores to seeds/benchmark_scores.csv or their spellings to"
            ~ " seeds/model_aliases.csv."
        ) %}
    {% elif counts[1] == 0 %}
        {% set reasons = run_query(
            "select reason || ' ' || count(*) from " ~ responses
            ~ " group by reason order by count(*) desc, reason"
        ).columns[0].values() %}
        {% do exceptions.raise_compiler_error(
            "none of the pool's " ~ counts[0] ~ " rows can be used: " ~ reasons | join(", ")
            ~ "; mend the pool and build again."
        ) %}
    {% endif %}
    {% do return("") %}
{% endmacro %}
