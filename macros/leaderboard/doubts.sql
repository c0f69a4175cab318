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
            round(lines.intercept + lines.slope * points.mean_of_others, 12) as expected_score
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
