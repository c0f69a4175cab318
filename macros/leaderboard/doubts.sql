{% macro line_fit(points) %}
    {{- return(adapter.dispatch("line_fit", "zebra")(points)) -}}
{% endmacro %}

{% macro default__line_fit(points) -%}
    select
        *,
        round(
            (score - expected_score)
            -- where most figures lie on the line they have no spread, and any distance is far
            / greatest(
                1.4826 * median(abs(score - expected_score)) over (partition by benchmark), 1e-6
            ), 6
        ) as deviation
    from (
        select
            points.model,
            points.benchmark,
            points.score,
            points.mean_of_others,
            lines.intercept + lines.slope * points.mean_of_others as expected_score
        from {{ points }} as points
        inner join (
            select
                benchmark,
                regr_slope(score, mean_of_others) as slope,
                regr_intercept(score, mean_of_others) as intercept
            from {{ points }}
            where abs(deviation) <= 2.5
            group by benchmark
        ) as lines on points.benchmark = lines.benchmark
        where lines.slope is not null
    ) as fitted_points
{%- endmacro %}

{% macro note_doubts(figures, expected_figures, doubtful_figures, pool_models) %}
    {% if not execute or not _was_built(doubtful_figures) or not _was_built(pool_models) %}
        {% do return("") %}
    {% endif %}
    {% set of_pool = " semi join " ~ pool_models ~ " as pool using (model)" %}
    {% set counts = run_query(
        "select (select count(*) from " ~ figures ~ of_pool ~ "), (select count(*) from "
        ~ expected_figures ~ of_pool ~ "), (select count(*) from " ~ doubtful_figures ~ of_pool ~ ")"
    ).rows[0] %}
    {% if counts[1] == 0 %}
        {% do log(
            "None of the " ~ counts[0] ~ " figures of the pool's models could be looked at for"
            ~ " doubts: that takes a benchmark on which 8 models have three other figures.",
            info=true
        ) %}
    {% else %}
        {% do log(
            "Of the " ~ counts[0] ~ " figures of the pool's models " ~ counts[1]
            ~ " could be looked at, and " ~ counts[2] ~ " are in doubt: see doubtful_figures.",
            info=true
        ) %}
    {% endif %}
    {% do return("") %}
{% endmacro %}

{# Whether this run has built it, rather than one before. #}
{% macro _was_built(relation) %}
    {% for result in results or []
        if result.status == "success" and result.node.alias == relation.identifier
        and result.node.resource_type == "model" %}
        {% do return(true) %}
    {% endfor %}
    {% do return(false) %}
{% endmacro %}
