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
{% macro note_leaderboard(cells, columns, scores, figures, set_models) %}
    {% if not execute %} {% do return("") %} {% endif %}
    {% do note_benchmarks_without_chance(figures) %}
    {% if var("leaderboard") is none or load_relation(scores) is none %} {% do return("") %}
    {% endif %}
    {% set notes = [] %}
    {% for row in run_query(leaderboard_notes(cells, columns)).rows %}
        {% do notes.append("\n  " ~ row[0] ~ ": " ~ row[1]) %}
    {% endfor %}
    {% if load_relation(set_models) is not none %}
        {% for row in run_query(sets_of_several_boards(columns, scores, set_models)).rows %}
            {% do notes.append(
                "\n  " ~ row[0] ~ (" set" if row[0] == 1 else " sets") ~ " of candidates"
                ~ (" mixes" if row[0] == 1 else " mix") ~ " figures of several boards: " ~ row[1]
                ~ "; models are compared on what both have"
            ) %}
        {% endfor %}
    {% endif %}
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
            array_sort(
                array_agg(distinct columns.benchmark || '=' || cells.score_text) filter (
                    where columns.read_as <> 'left_out' and not cells.is_missing
                )
            ) as figures,
            count(*) filter (where columns.read_as = 'benchmark' and not cells.is_missing)
            - count(distinct columns.benchmark) filter (
                where columns.read_as = 'benchmark' and not cells.is_missing
            ) as n_repeats
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
        where reason <> 'no benchmark by this name'
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
        union all
        select
            8 as place,
            'figures that stand there more than once{{ fate_of_duplicates() }}' as title,
            sum(n_repeats) || ' of '
            || {{ first_of_list('model', 'model', 'n_repeats > 0') }} as note
        from models
        having sum(n_repeats) > 0
    )

    select
        title,
        note
    from notes
    where note is not null
    order by place, title
{% endmacro %}

{% macro fate_of_duplicates() -%}
    {%- set choice = var("duplicate_scores") -%}
    {{ "; equal ones count once" if choice == "error"
        else ", of which var duplicate_scores takes the " ~ choice -}}
{%- endmacro %}

{% macro note_benchmarks_without_chance(figures) %}
    {% if var("normalization") != "chance" or load_relation(figures) is none %}
        {% do return("") %}
    {% endif %}
    {% for benchmark in run_query(
        "select distinct benchmark from " ~ figures ~ " where chance is null or ceiling is null"
        ~ " order by benchmark"
    ).columns[0].values() %}
        {% do log(
            benchmark ~ " has no chance level or no ceiling in seeds/benchmarks.csv, and is left out"
            ~ " under normalization: chance.",
            info=true
        ) %}
    {% endfor %}
{% endmacro %}

{% macro sets_of_several_boards(columns, scores, set_models) %}
    {{- return(
        adapter.dispatch("sets_of_several_boards", "zebra")(columns, scores, set_models)
    ) -}}
{% endmacro %}

{% macro duckdb__sets_of_several_boards(columns, scores, set_models) %}
    with

    boards_of_models as (

        select
            scores.model,
            array_sort(array_agg(distinct columns.board)) as boards
        from {{ scores }} as scores
        inner join {{ columns }} as columns on scores.source_file = columns.source_file
        group by scores.model

    ),

    mixed_sets as (

        select
            set_models.set_id,
            flatten(array_agg(boards_of_models.boards)) as boards
        from {{ set_models }} as set_models
        inner join boards_of_models on set_models.model = boards_of_models.model
        group by set_models.set_id
        having count(distinct boards_of_models.boards) > 1

    )

    select
        count(distinct set_id) as n_sets,
        array_to_string(array_sort(array_agg(distinct board)), ', ') as boards
    from (select set_id, unnest(boards) as board from mixed_sets)
    having count(*) > 0
{% endmacro %}
