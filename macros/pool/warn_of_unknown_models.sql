{% macro warn_of_unknown_models(models) %}
    {% if execute and load_relation(models) is not none %}
        {% set unknown = unknown_models(models) %}
        {% if unknown %}
            {% do exceptions.warn(
                "Responses of unknown models are quarantined: " ~ unknown
                ~ ". Add scores to seeds/benchmark_scores.csv or spellings to"
                ~ " seeds/model_aliases.csv."
            ) %}
        {% endif %}
    {% endif %}
    {% do return("") %}
{% endmacro %}
