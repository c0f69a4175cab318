with

pairs as (

    select
        strategy,
        chosen_chars - rejected_chars as chars_difference
    from {{ ref('preference_pairs') }}

),

buckets as (

    select
        cast(column1 as bigint) as bucket_rank,
        column2 as longer,
        column3 as bucket
    from (
        values
        (1, 'rejected', '2000 or more'),
        (2, 'rejected', '1000 to 1999'),
        (3, 'rejected', '500 to 999'),
        (4, 'rejected', '200 to 499'),
        (5, 'rejected', '50 to 199'),
        (6, 'rejected', '1 to 49'),
        (7, 'neither', '0'),
        (8, 'chosen', '1 to 49'),
        (9, 'chosen', '50 to 199'),
        (10, 'chosen', '200 to 499'),
        (11, 'chosen', '500 to 999'),
        (12, 'chosen', '1000 to 1999'),
        (13, 'chosen', '2000 or more')
    ) as buckets (column1, column2, column3)

),

bucketed_pairs as (

    select
        strategy,
        case
            when chars_difference <= -2000 then 1
            when chars_difference <= -1000 then 2
            when chars_difference <= -500 then 3
            when chars_difference <= -200 then 4
            when chars_difference <= -50 then 5
            when chars_difference < 0 then 6
            when chars_difference = 0 then 7
            when chars_difference < 50 then 8
            when chars_difference < 200 then 9
            when chars_difference < 500 then 10
            when chars_difference < 1000 then 11
            when chars_difference < 2000 then 12
            else 13
        end as bucket_rank
    from pairs

),

counts as (

    select
        strategy,
        bucket_rank,
        count(*) as pairs
    from bucketed_pairs
    group by strategy, bucket_rank

),

totals as (

    select
        strategy,
        sum(pairs) as pairs
    from counts
    group by strategy

),

length_distribution as (

    select
        totals.strategy,
        buckets.bucket_rank,
        buckets.longer,
        buckets.bucket,
        coalesce(counts.pairs, 0) as pairs,
        round(coalesce(counts.pairs, 0) / cast(totals.pairs as double), 9) as share
    from totals
    cross join buckets
    left join counts
        on totals.strategy = counts.strategy
        and buckets.bucket_rank = counts.bucket_rank

)

select * from length_distribution
order by strategy, bucket_rank
