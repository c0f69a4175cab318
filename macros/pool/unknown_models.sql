{% macro unknown_models(models) %}
    {% set spellings = run_query(
        "select model_as_written || ' (' || n_rows || ' rows'"
        ~ " || coalesce(', near ' || nearest_name, '') || ')' from " ~ models
        ~ " where resolution = 'unknown' order by n_rows desc, name_key"
    ).columns[0].values() %}
    {% set more = spellings | length - 10 %}
    {% do return(spellings[:10] | join(", ") ~ (" and " ~ more ~ " more" if more > 0 else "")) %}
{% endmacro %}
