{# Half a sentence, empty where no other leaderboard that ships knows more of the pool's models. #}
{% macro leaderboard_that_knows_more(coverage) %}
    {% if load_relation(coverage) is none %} {% do return("") %} {% endif %}
    {% do return(
        run_query(
            "select coalesce(max(known_models || ' of its ' || pool_models || ' models are on '"
            ~ " || case when leaderboard = 'seeds' then 'the seeds' else leaderboard end"
            ~ " || ': --vars ''{leaderboard: '"
            ~ " || case when leaderboard = 'seeds' then 'null' else leaderboard end"
            ~ " || '}'''), '') from (select * from " ~ coverage ~ " where known_models > ("
            ~ "select coalesce(max(known_models), 0) from " ~ coverage ~ " where is_active)"
            ~ " order by known_models desc, models desc, leaderboard limit 1) as best"
        ).columns[0].values()[0]
    ) %}
{% endmacro %}

{% macro place_of_scores() %}
    {% set leaderboard = var("leaderboard") %}
    {% do return(
        "seeds/benchmark_scores.csv" if leaderboard is none
        else leaderboard_path(leaderboard)
    ) %}
{% endmacro %}

{% macro note_columns_left_out(scores) %}
    {% if not execute or var("leaderboard") is none or load_relation(scores) is none %}
        {% do return("") %}
    {% endif %}
    {% set columns = run_query(
        "select distinct benchmark from " ~ scores ~ " where not is_benchmark order by benchmark"
    ).columns[0].values() %}
    {% if columns %}
        {% do log(
            "Of leaderboard " ~ active_leaderboard() ~ ", what is no benchmark of"
            ~ " seeds/benchmarks.csv or seeds/benchmark_aliases.csv is left out: "
            ~ columns | join(", ") ~ ".",
            info=true
        ) %}
    {% endif %}
    {% do return("") %}
{% endmacro %}
