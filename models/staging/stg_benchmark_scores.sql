with

source as (

    select * from {{ ref('benchmark_scores') }}

),

typed as (

    select
        {{ name_key('model') }} as model_key,
        -- one spelling per model, however the rows write it
        min(trim(model)) over (partition by {{ name_key('model') }}) as model,
        trim(benchmark) as benchmark,
        {{ name_key('benchmark') }} as benchmark_key,
        score as score_text,
        trim(score) like '%\%' escape '\' as has_percent_sign,
        try_cast(trim(replace(score, '%', '')) as double) as score,
        source as score_source
    from source

)

select * from typed
