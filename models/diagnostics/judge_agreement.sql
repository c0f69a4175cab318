{{ config(materialized='view') }}

with

verdicts as (

    select
        key,
        judge,
        verdict
    from {{ ref('int_verdicts') }}
    where reason is null

),

judges as (

    select distinct judge from verdicts

),

-- Cohen: each two judges, on what both of them judged
counts_of_two as (

    select
        first_verdicts.judge as first_judge,
        second_verdicts.judge as second_judge,
        count(*) as pairs_judged,
        count(*) filter (where first_verdicts.verdict = second_verdicts.verdict) as agreements,
        count(*) filter (where first_verdicts.verdict = 'a') as first_a,
        count(*) filter (where first_verdicts.verdict = 'b') as first_b,
        count(*) filter (where first_verdicts.verdict = 'tie') as first_tie,
        count(*) filter (where second_verdicts.verdict = 'a') as second_a,
        count(*) filter (where second_verdicts.verdict = 'b') as second_b,
        count(*) filter (where second_verdicts.verdict = 'tie') as second_tie
    from verdicts as first_verdicts
    inner join verdicts as second_verdicts
        on first_verdicts.key = second_verdicts.key
        and first_verdicts.judge < second_verdicts.judge
    group by first_verdicts.judge, second_verdicts.judge

),

agreement_of_two as (

    select
        {{ list_of('first_judge', 'second_judge') }} as judges,
        'cohen' as kappa_by,
        pairs_judged,
        agreements / cast(pairs_judged as double) as agreement,
        (first_a * second_a + first_b * second_b + first_tie * second_tie)
        / (cast(pairs_judged as double) * pairs_judged) as chance_agreement
    from counts_of_two

),

-- Fleiss: all judges where they are more than two, on what two or more of them judged
counts_of_all as (

    select
        key,
        count(*) as n_verdicts,
        count(*) filter (where verdict = 'a') as n_a,
        count(*) filter (where verdict = 'b') as n_b,
        count(*) filter (where verdict = 'tie') as n_tie
    from verdicts
    group by key
    having count(*) > 1

),

sums_of_all as (

    select
        count(*) as pairs_judged,
        avg(
            (n_a * n_a + n_b * n_b + n_tie * n_tie - n_verdicts)
            / (cast(n_verdicts as double) * (n_verdicts - 1))
        ) as agreement,
        sum(n_a) / cast(sum(n_verdicts) as double) as share_a,
        sum(n_b) / cast(sum(n_verdicts) as double) as share_b,
        sum(n_tie) / cast(sum(n_verdicts) as double) as share_tie
    from counts_of_all

),

all_judges as (

    select {{ sorted_list('judge') }} as judges
    from judges
    having count(*) > 2

),

agreement_of_all as (

    select
        all_judges.judges,
        'fleiss' as kappa_by,
        sums_of_all.pairs_judged,
        sums_of_all.agreement,
        sums_of_all.share_a * sums_of_all.share_a + sums_of_all.share_b * sums_of_all.share_b
        + sums_of_all.share_tie * sums_of_all.share_tie as chance_agreement
    from sums_of_all
    cross join all_judges
    where sums_of_all.pairs_judged > 0

),

agreements as (

    select * from agreement_of_two
    union all
    select * from agreement_of_all

),

judge_agreement as (

    select
        judges,
        kappa_by,
        pairs_judged,
        round(agreement, 9) as agreement,
        round(chance_agreement, 9) as chance_agreement,
        round(
            (agreement - chance_agreement) / nullif(1 - round(chance_agreement, 12), 0), 9
        ) as kappa
    from agreements

)

select * from judge_agreement
order by kappa_by desc, judges
