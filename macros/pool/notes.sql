{% macro stop_on_unusable_pool(responses, models, coverage) %}
    {% if not execute %} {% do return("") %} {% endif %}
    {% set counts = run_query(
        "select count(*), count(*) filter (where reason is null), "
        ~ "count(*) filter (where reason = 'unknown_model') from " ~ responses
    ).rows[0] %}
    {% if counts[0] == 0 %}
        {% do exceptions.raise_compiler_error(
            pool_var() ~ ": the pool holds no response; name a "
            ~ ("file" if var("responses_table") is none else "table") ~ " with at least one."
        ) %}
    {% elif counts[1] == 0 and counts[2] > 0 %}
        {% do exceptions.raise_compiler_error(
            "no model of the pool is known: " ~ unknown_models(models, responses) ~ "; "
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

{% macro stop_on_pool_without_models(responses) %}
    {% if not execute %} {% do return("") %} {% endif %}
    {% set files = run_query(
        "select source_file, count(*) from " ~ responses ~ " where not exists (select 1 from "
        ~ responses ~ " where reason is distinct from 'missing_model') group by 1 order by 1"
    ).columns[0].values() %}
    {% if files %}
        {% do exceptions.raise_compiler_error(
            pool_var() ~ ": " ~ at_most(files | list, 8) ~ " names no models, without which"
            ~ " nothing can be made of a pool: there is no column of models (" ~ at_most(
                field_names("model"), 10
            ) ~ "), and the file's name is none that the leaderboard or seeds/model_aliases.csv"
            ~ " knows; say where they stand with var responses_columns, e.g. {model: file_name}."
        ) %}
    {% endif %}
    {% do return("") %}
{% endmacro %}

{% macro unknown_models(models, responses) %}
    {% set spellings = run_query(
        "select model_as_written || ' (' || n_rows || ' rows'"
        ~ " || coalesce(', near ' || nearest_name, '') || ')' from " ~ models
        ~ " where resolution = 'unknown' and name_key in (select "
        ~ name_key("model_as_written") ~ " from " ~ responses ~ " where reason = 'unknown_model')"
        ~ " order by n_rows desc, name_key"
    ).columns[0].values() %}
    {% do return(at_most(spellings | list, 10)) %}
{% endmacro %}

{% macro tell_of_pool(responses, models, files, coverage) %}
    {% if not execute %} {% do return("") %} {% endif %}
    {% set sentences = (_ways_of_files(files) if were_built([files]) else [])
        + (_quarantined_of_files(responses) if were_built([responses]) else []) %}
    {% for sentence in sentences %} {% do log(sentence, info=true) %} {% endfor %}
    {% if not were_built([responses, models]) %} {% do return("") %} {% endif %}
    {% set unknown = unknown_models(models, responses) %}
    {% if unknown %}
        {% set advice = leaderboard_that_knows_more(coverage) %}
        {% set sentence %}
            {{- "Responses of unknown models are quarantined: " ~ unknown ~ ". Add scores to "
                ~ place_of_scores() ~ " or spellings to seeds/model_aliases.csv"
                ~ ("; " ~ advice if advice else "") ~ "." -}}
        {% endset %}
        {# The sample is meant to show one. #}
        {% if not pool_is_sample() %} {% do exceptions.warn(sentence) %}
        {% else %} {% do log(sentence, info=true) %}
        {% endif %}
    {% endif %}
    {% do return("") %}
{% endmacro %}

{# What is read from elsewhere than a column, and what is left out. #}
{% macro _ways_of_files(files) %}
    {% set sentences = run_query(
        "select source_file || ': ' || mapped_columns || '.' from " ~ files
        ~ " where mapped_columns like '%the folder %' or mapped_columns like '%; not read: %'"
        ~ " or mapped_columns like '%; line % is not UTF-8: %'"
        ~ " order by source_file"
    ).columns[0].values() | list %}
    {% do return(_first_ten(sentences, "files are read with columns left out or added")) %}
{% endmacro %}

{# From a tenth of a file on it is a warning. #}
{% macro _quarantined_of_files(responses) %}
    {% set query %}
        with

        counts as (

            select
                source_file,
                reason,
                count(*) as n_rows
            from {{ responses }}
            group by source_file, reason

        ),

        files as (

            select
                source_file,
                sum(n_rows) as n_rows,
                sum(n_rows) filter (where reason is not null) as n_quarantined,
                {{ texts_in_order("reason || ' ' || n_rows", "', '", "n_rows desc, reason") }}
                    filter (where reason is not null) as reasons,
                coalesce(bool_or(reason = 'missing_model'), false) as lacks_models
            from counts
            group by source_file

        )

        select
            'Of ' || source_file || ', ' || n_quarantined || ' of ' || n_rows
            || ' responses are quarantined: ' || reasons || '.'
            || case
                when lacks_models
                    then ' The file names no models: say where they stand with var'
                        || ' responses_columns.'
                else ''
            end as sentence,
            n_quarantined * 10 >= n_rows as is_much
        from files
        where n_quarantined > 0
        order by lacks_models desc, source_file
    {% endset %}
    {% set sentences = [] %}
    {% set warnings = [] %}
    {% for row in run_query(query).rows %}
        {% do (warnings if row[1] else sentences).append(row[0]) %}
    {% endfor %}
    {% for sentence in _first_ten(warnings, "files have a tenth or more quarantined") %}
        {% do exceptions.warn(sentence) %}
    {% endfor %}
    {% set means = run_query(
        "select count(*) from " ~ responses ~ " where is_mean_score and reason is null"
    ).columns[0].values()[0] %}
    {% if means %}
        {% do sentences.append(
            "The scores of " ~ means ~ " responses are means of several that the pool gives."
        ) %}
    {% endif %}
    {% do return(_first_ten(sentences, "files have quarantined responses")) %}
{% endmacro %}

{% macro _first_ten(sentences, others) %}
    {% set more = sentences | length - 10 %}
    {% do return(
        sentences[:10] + (["And " ~ more ~ " more " ~ others ~ "."] if more > 0 else [])
    ) %}
{% endmacro %}
