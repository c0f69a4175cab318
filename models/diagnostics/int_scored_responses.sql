{{ config(materialized='view') }}

{%- set lower_is_better = [] -%}
{%- for shape, direction in var('score_direction').items() if direction == 'lower' -%}
    {%- do lower_is_better.append(shape) -%}
{%- endfor -%}
with

responses as (

    select
        source_file,
        prompt_id,
        model,
        response_id,
        trimmed_md5,
        n_chars,
        score
    from {{ ref('int_responses') }}
    where reason is null and score is not null

),
{% if lower_is_better %}
files as (

    select distinct
        source_file,
        shape in ('{{ lower_is_better | join("', '") }}') as lower_is_better
    from {{ ref('stg_pool_responses') }}

),

scored_responses as (

    select
        responses.prompt_id,
        responses.model,
        responses.response_id,
        responses.trimmed_md5,
        responses.n_chars,
        case when files.lower_is_better then -responses.score else responses.score end as score
    from responses
    inner join files on responses.source_file = files.source_file

)
{% else %}
scored_responses as (

    select
        prompt_id,
        model,
        response_id,
        trimmed_md5,
        n_chars,
        score
    from responses

)
{% endif %}
select * from scored_responses
