{#- Deferred acceptance: a prompt asks for the chosen model of its best pair; a model holds, up to
    its cap, those that have the fewest other models left to ask, then by turn; who is refused, or
    gives way to one with less choice, asks for the next, until nobody is refused. -#}
{%- set passes = ['first_pass', 'second_pass'] -%}
-- depends_on: {{ ref('int_candidate_pairs') }}
-- depends_on: {{ ref('int_strategies') }}
{% if not strategies_with('max_model_share') -%}
select
    cast(null as string) as strategy,
    cast(null as string) as prompt_id,
    cast(null as string) as chosen_model
where false
{%- else -%}
with recursive

-- what a prompt may ask for: the chosen models of its pairs, the best pair's first. Materialized,
-- like what the rounds below read, for each round would work it out again.
options as materialized (

    select
        candidate_pairs.strategy,
        candidate_pairs.prompt_id,
        candidate_pairs.chosen_model,
        row_number() over (
            partition by candidate_pairs.strategy, candidate_pairs.prompt_id
            order by min(candidate_pairs.place)
        ) as option_number,
        count(*) over (
            partition by candidate_pairs.strategy, candidate_pairs.prompt_id
        ) as n_options
    from {{ ref('int_candidate_pairs') }} as candidate_pairs
    inner join {{ ref('int_strategies') }} as strategies
        on candidate_pairs.strategy = strategies.strategy
    where strategies.max_model_share is not null and candidate_pairs.reason is null
    group by
        candidate_pairs.strategy, candidate_pairs.prompt_id, candidate_pairs.chosen_model

),

turns as materialized (

    select
        strategy,
        prompt_id,
        row_number() over (partition by strategy order by md5('turn' || prompt_id)) as turn
    from options
    where option_number = 1

),

first_pass_caps as materialized (

    select
        turns.strategy,
        {{ share_of('min(strategies.max_model_share)', 'count(*)') }} as cap
    from turns
    inner join {{ ref('int_strategies') }} as strategies on turns.strategy = strategies.strategy
    group by turns.strategy

),
{% for pass in passes %}
{{ pass }}_rounds as (

    select
        turns.strategy,
        turns.prompt_id,
        turns.turn,
        cast(1 as bigint) as option_number,
        false as is_settled
    from turns
    union all
    select
        strategy,
        prompt_id,
        turn,
        case when place_with_model <= cap then option_number else option_number + 1 end
            as option_number,
        bool_and(place_with_model <= cap) over (partition by strategy) as is_settled
    from (
        select
            rounds.*,
            caps.cap,
            row_number() over (
                partition by rounds.strategy, options.chosen_model
                order by options.n_options - options.option_number, rounds.turn
            ) as place_with_model
        from {{ pass }}_rounds as rounds
        inner join options
            on rounds.strategy = options.strategy
            and rounds.prompt_id = options.prompt_id
            and rounds.option_number = options.option_number
        inner join {{ pass }}_caps as caps on rounds.strategy = caps.strategy
        where not rounds.is_settled
    )

),

{{ pass }} as materialized (

    select
        rounds.strategy,
        rounds.prompt_id,
        options.chosen_model
    from {{ pass }}_rounds as rounds
    inner join options
        on rounds.strategy = options.strategy
        and rounds.prompt_id = options.prompt_id
        and rounds.option_number = options.option_number
    where rounds.is_settled

),
{% if not loop.last %}
-- Prompts that nobody could take make the pairs fewer, and so the share larger. The cap of the
-- second pass is the largest that its own pairs bear: with the n models that took most at the
-- cap and the others at what they took, cap <= share * (n * cap + what the others took).
models_taken as (

    select
        strategy,
        chosen_model,
        count(*) as n_taken,
        row_number() over (
            partition by strategy order by count(*) desc, chosen_model
        ) as n_at_cap
    from {{ pass }}
    group by strategy, chosen_model

),

models_with_rest as (

    select
        models_taken.strategy,
        models_taken.n_at_cap,
        models_taken.n_taken,
        strategies.max_model_share,
        sum(models_taken.n_taken) over (partition by models_taken.strategy)
        - sum(models_taken.n_taken) over (
            partition by models_taken.strategy order by models_taken.n_at_cap
        ) as taken_by_others,
        coalesce(
            lead(models_taken.n_taken) over (
                partition by models_taken.strategy order by models_taken.n_at_cap
            ),
            0
        ) as next_taken
    from models_taken
    inner join {{ ref('int_strategies') }} as strategies
        on models_taken.strategy = strategies.strategy

),

caps_by_models_at_cap as (

    select
        strategy,
        next_taken,
        case
            when max_model_share * n_at_cap >= 1 then n_taken
            else least(
                n_taken,
                {{ share_of('max_model_share / (1 - max_model_share * n_at_cap)',
                    'taken_by_others') }}
            )
        end as cap
    from models_with_rest

),

second_pass_caps as materialized (

    select
        strategy,
        coalesce(max(cap) filter (where cap >= next_taken), 0) as cap
    from caps_by_models_at_cap
    group by strategy

),
{% endif %}
{%- endfor %}
allotments as (

    select * from second_pass

)

select * from allotments
{%- endif %}
