with

pairs as (

    select
        strategy,
        chosen_chars,
        rejected_chars,
        abs(chosen_chars - rejected_chars) as chars_difference
    from {{ ref('preference_pairs') }}

),

profiles as (

    select
        strategy,
        count(*) as pairs,
        avg(case when chosen_chars > rejected_chars then 1e0 else 0e0 end) as chosen_longer_share,
        avg(chosen_chars) as mean_chosen_chars,
        avg(rejected_chars) as mean_rejected_chars,
        avg(chars_difference) as mean_abs_chars_difference,
        percentile_cont(0.8) within group (order by chars_difference) as p80_abs_chars_difference,
        stddev_samp(chosen_chars) as deviation_of_chosen,
        stddev_samp(rejected_chars) as deviation_of_rejected
    from pairs
    group by strategy

),

length_profile as (

    select
        strategy,
        pairs,
        round(chosen_longer_share, 9) as chosen_longer_share,
        round(mean_abs_chars_difference, 6) as mean_abs_chars_difference,
        round(p80_abs_chars_difference, 6) as p80_abs_chars_difference,
        round({{ cohens_d(
            'mean_chosen_chars',
            'mean_rejected_chars',
            'deviation_of_chosen',
            'deviation_of_rejected'
        ) }}, 9) as cohens_d
    from profiles

)

select * from length_profile
order by strategy
