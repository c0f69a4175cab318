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
    {% set paths = [] %}
    {% for entry in leaderboard_entries() %} {% do paths.append(leaderboard_path(entry)) %}
    {% endfor %}
    {% do return(paths | join(" or ") or "seeds/benchmark_scores.csv") %}
{% endmacro %}

{# What became of the columns of leaderboards' files, and what of their rows is no figure. #}
{% macro note_leaderboard(cells, columns) %}
    {% if not execute or var("leaderboard") is none or load_relation(columns) is none %}
        {% do return("") %}
    {% endif %}
    {% set notes = [] %}
    {% for row in run_query(leaderboard_notes(cells, columns)).rows %}
        {% do notes.append("\n  " ~ row[0] ~ ": " ~ row[1]) %}
    {% endfor %}
    {% if notes %}
        {% do log("Leaderboard " ~ active_leaderboard() ~ notes | join, info=true) %}
    {% endif %}
    {% do return("") %}
{% endmacro %}

{% macro leaderboard_notes(cells, columns) %}
    {{- return(adapter.dispatch("leaderboard_notes", "zebra")(cells, columns)) -}}
{% endmacro %}

{% macro duckdb__leaderboard_notes(cells, columns) %}
    with

    columns as (

        select
            *,
            coalesce(nullif(column_name, ''), '(blank)') as shown_name
        from {{ columns }}

    ),

    models as (

        select
            model_key,
            min(model) as model,
            count(*) filter (where columns.read_as <> 'left_out' and not cells.is_missing)
                as n_figures,
            string_agg(
                columns.benchmark || '=' || cells.score_text, ',' order by columns.benchmark
            ) filter (where columns.read_as <> 'left_out' and not cells.is_missing) as figures
        from {{ cells }} as cells
        inner join columns
            on cells.file_number = columns.file_number
            and cells.source_file = columns.source_file
            and cells.column_name = columns.column_name
        where cells.model_key <> ''
        group by model_key

    ),

    notes as (

        select
            1 as place,
            'left out, for it is no benchmark of seeds/benchmarks.csv or'
            || ' seeds/benchmark_aliases.csv' as title,
            {{ joined_list(sorted_list('distinct shown_name'), "', '") }} as note
        from columns
        where reason = 'no benchmark by this name'
        union all
        select
            2 as place,
            'left out too' as title,
            {{ joined_list(
                sorted_list("distinct shown_name || ' (' || reason || ')'"), "', '"
            ) }} as note
        from columns
        where reason <> 'no benchmark by this name' and n_figures > 0
        union all
        select
            3 as place,
            benchmark || ', for models that have all of them, is the mean of' as title,
            {{ joined_list(sorted_list('distinct shown_name'), "', '") }} as note
        from columns
        where read_as = 'part'
        group by benchmark
        union all
        select
            4 as place,
            note as title,
            {{ joined_list(sorted_list('distinct shown_name'), "', '") }} as note
        from columns
        where note <> ''
        group by note
        union all
        select
            5 as place,
            'rows left out, for they name no model' as title,
            cast(nullif(count(distinct (source_file, row_number)), 0) as string) as note
        from {{ cells }}
        where model_key = '' and not is_missing
        union all
        select
            6 as place,
            'models without a figure' as title,
            case
                when count(*) > 10
                    then array_to_string(array_agg(model order by model)[:10], ', ')
                        || ' and ' || count(*) - 10 || ' more'
                else string_agg(model, ', ' order by model)
            end as note
        from models
        where n_figures = 0
        union all
        select
            7 as place,
            'models with the same figures throughout' as title,
            string_agg(models, '; ' order by models) as note
        from (
            select string_agg(model, ' and ' order by model) as models
            from models
            where n_figures > 1
            group by figures
            having count(*) > 1
            order by models
            limit 10
        )
    )

    select
        title,
        note
    from notes
    where note is not null
    order by place, title
{% endmacro %}
