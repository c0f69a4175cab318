{% macro stop_on_unusable_pool(responses, models, coverage) %}
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
            "no model of the pool is known: " ~ unknown_models(models) ~ "; "
            ~ (leaderboard_that_knows_more(coverage) or "add their scores to " ~ place_of_scores())
            ~ ", or add their spellings to seeds/model_aliases.csv."
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

{% macro unknown_models(models) %}
    {% set spellings = run_query(
        "select model_as_written || ' (' || n_rows || ' rows'"
        ~ " || coalesce(', near ' || nearest_name, '') || ')' from " ~ models
        ~ " where resolution = 'unknown' order by n_rows desc, name_key"
    ).columns[0].values() %}
    {% set more = spellings | length - 10 %}
    {% do return(spellings[:10] | join(", ") ~ (" and " ~ more ~ " more" if more > 0 else "")) %}
{% endmacro %}

{% macro warn_of_unknown_models(models, coverage) %}
    {% if execute and load_relation(models) is not none %}
        {% set unknown = unknown_models(models) %}
        {% if unknown %}
            {% set advice = leaderboard_that_knows_more(coverage) %}
            {% set note %}
                {{- "Responses of unknown models are quarantined: " ~ unknown ~ ". Add scores to "
                    ~ place_of_scores() ~ " or spellings to seeds/model_aliases.csv"
                    ~ ("; " ~ advice if advice else "") ~ "." -}}
            {% endset %}
            {# The sample is meant to show one. #}
            {% if pool_paths() %} {% do exceptions.warn(note) %}
            {% else %} {% do log(note, info=true) %}
            {% endif %}
        {% endif %}
    {% endif %}
    {% do return("") %}
{% endmacro %}
