with

expected as (

    select
        strategies.strategy,
        prompts.prompt_id
    from {{ ref('int_prompts') }} as prompts
    cross join (
        {%- for name in configured_strategies() %}
        select '{{ name }}' as strategy {{ "union all" if not loop.last }}
        {%- endfor %}
    ) as strategies

),

decided as (

    select distinct strategy, prompt_id from {{ ref('preference_pairs') }}
    union all
    select strategy, prompt_id from {{ ref('abstentions') }}

),

differences as (

    select
        coalesce(expected.strategy, decided.strategy) as strategy,
        coalesce(expected.prompt_id, decided.prompt_id) as prompt_id,
        count(decided.prompt_id) as n_decisions
    from expected
    full join decided
        on expected.strategy = decided.strategy and expected.prompt_id = decided.prompt_id
    group by all

)

select * from differences
where n_decisions <> 1
