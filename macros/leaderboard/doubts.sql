{% macro line_fit(points) %}
    {{- return(adapter.dispatch("line_fit", "zebra")(points)) -}}
{% endmacro %}

{% macro default__line_fit(points) -%}
    select
        *,
        -- plus zero: what rounds to minus zero is zero
        round(
            (score - expected_score)
            -- where most figures lie on the line they have no spread, and any distance is far
            / greatest(
                1.4826 * median(abs(score - expected_score)) over (partition by benchmark), 1e-6
            ), 6
        ) + 0 as deviation
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

{% macro decimals(score) %}
    {{- return(adapter.dispatch("decimals", "zebra")(score)) -}}
{% endmacro %}

{% macro default__decimals(score) -%}
    length(trim(trailing '0' from split_part(cast(round({{ score }}, 6) as string), '.', 2)))
{%- endmacro %}

{% macro difference_in_decimals(a, b, n_decimals) %}
    {{- return(adapter.dispatch("difference_in_decimals", "zebra")(a, b, n_decimals)) -}}
{% endmacro %}

{% macro default__difference_in_decimals(a, b, n_decimals) -%}
    (round({{ a }} * power(10, {{ n_decimals }})) - round({{ b }} * power(10, {{ n_decimals }})))
    / power(10, {{ n_decimals }})
{%- endmacro %}

{% macro note_doubts(figures, expected_figures, doubtful_figures, figures_elsewhere, pool_models) %}
    {% if not execute or not were_built([doubtful_figures, figures_elsewhere, pool_models]) %}
        {% do return("") %}
    {% endif %}
    {% set of_pool = " semi join " ~ pool_models ~ " as pool using (model)" %}
    {% set counts = run_query(
        "select (select count(*) from " ~ figures ~ of_pool ~ "), (select count(*) from "
        ~ expected_figures ~ of_pool ~ "), (select count(*) from " ~ doubtful_figures ~ of_pool
        ~ "), (select count(distinct (model, benchmark)) from " ~ figures_elsewhere
        ~ " inner join " ~ figures ~ " using (model, benchmark)" ~ of_pool
        ~ " where abs(difference) > 5 * greatest(chance, ceiling) / 100)"
    ).rows[0] %}
    {% set of_doubts = (
        counts[1] ~ " could be looked at and " ~ counts[2] ~ " are in doubt (see doubtful_figures)"
        if counts[1] > 0
        else "none could be looked at for doubts, for no benchmark has 8 models with three other"
        ~ " figures"
    ) %}
    {% do log(
        "Of the " ~ counts[0] ~ " figures of the pool's models " ~ of_doubts ~ "; " ~ counts[3]
        ~ " differ by more than 5 points from a shipped leaderboard (see figures_elsewhere).",
        info=true
    ) %}
    {% do return("") %}
{% endmacro %}

{# Whether this run has built them, rather than one before. #}
