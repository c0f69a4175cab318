{%- set default_slope = '4.0' -%}
with

outcomes as (

    select
        source,
        quality_gap,
        count(*) filter (where outcome = 1) as n_right,
        count(*) filter (where outcome = 0) as n_wrong
    from {{ ref('int_scored_pairs') }}
    where outcome <> 0.5
    group by source, quality_gap

),

digits as (

    select column1 as digit
    from (values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) as digits (column1)

),

slopes as (

    select (100 * hundreds.digit + 10 * tens.digit + units.digit) / 20.0 as slope
    from digits as hundreds
    cross join digits as tens
    cross join digits as units
    union
    select {{ default_slope }} as slope

),

log_losses as (

    select
        outcomes.source,
        cast(slopes.slope as double) as slope,
        round({{ log_loss('outcomes.quality_gap', 'slopes.slope', 'outcomes.n_right',
            'outcomes.n_wrong') }}, 9) as log_loss,
        cast(sum(outcomes.n_right + outcomes.n_wrong) as bigint) as pairs_scored,
        sum(outcomes.n_right) as n_right,
        sum(outcomes.n_wrong) as n_wrong
    from slopes
    cross join outcomes
    group by outcomes.source, slopes.slope

),

fits as (

    select
        source,
        -- labels that are all right, or all wrong, fit no slope: the steeper, or the flatter, the
        -- better, without end
        min_by(slope, log_loss + slope * 1e-12) filter (where n_right > 0 and n_wrong > 0)
            as fitted_slope,
        min(log_loss) filter (where n_right > 0 and n_wrong > 0) as fitted_log_loss,
        min(log_loss) filter (where slope = {{ default_slope }}) as default_log_loss,
        max(pairs_scored) as pairs_scored
    from log_losses
    group by source

),

-- verdicts before scores, where they can be fitted
best_fit as (

    select * from fits
    qualify
        row_number() over (
            order by case when fitted_slope is null then 1 else 0 end, source desc
        ) = 1

),

one_row as (

    select 1 as one

),

label_calibration as (

    select
        {% if var('confidence_slope') == 'auto' -%}
        coalesce(best_fit.fitted_slope, cast({{ default_slope }} as double)) as slope,
        case when best_fit.fitted_slope is null then 'default' else 'fitted' end as slope_from,
        {%- else -%}
        cast({{ var('confidence_slope') }} as double) as slope,
        'var' as slope_from,
        {%- endif %}
        coalesce(best_fit.pairs_scored, 0) as pairs_scored,
        best_fit.source as fitted_to,
        best_fit.fitted_slope,
        best_fit.fitted_log_loss,
        cast({{ default_slope }} as double) as default_slope,
        best_fit.default_log_loss
    from one_row
    left join best_fit on true

)

select * from label_calibration
