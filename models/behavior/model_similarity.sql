with

behavior_scores as (

    select
        model,
        benchmark,
        {% if var('similarity') == 'centered_cosine' -%}
        score - round(avg(score) over (partition by benchmark), 12) as score,
        {%- else -%}
        score,
        {%- endif %}
        is_imputed
    from {{ ref('behavior_scores') }}

),

models as (

    select * from {{ ref('int_compared_models') }}

),

compared_scores as (

    select behavior_scores.*
    from behavior_scores
    semi join models on behavior_scores.model = models.model

),

model_combinations as (

    select
        models_a.model as model_a,
        models_b.model as model_b
    from models as models_a
    inner join models as models_b on models_a.model < models_b.model

),

products as (

    select
        scores_a.model as model_a,
        scores_b.model as model_b,
        {{ exact_sum('scores_a.score * scores_b.score') }} as dot_product,
        sqrt({{ exact_sum('scores_a.score * scores_a.score') }}) as norm_a,
        sqrt({{ exact_sum('scores_b.score * scores_b.score') }}) as norm_b,
        count(*) filter (
            where not scores_a.is_imputed and not scores_b.is_imputed
        ) as shared_benchmarks
    from compared_scores as scores_a
    inner join compared_scores as scores_b
        on scores_a.benchmark = scores_b.benchmark
        and scores_a.model < scores_b.model
    group by scores_a.model, scores_b.model

),

similarities as (

    select
        model_combinations.model_a,
        model_combinations.model_b,
        {{ cosine('products.dot_product', 'products.norm_a', 'products.norm_b') }} as similarity,
        coalesce(products.shared_benchmarks, 0) as shared_benchmarks
    from model_combinations
    left join products
        on model_combinations.model_a = products.model_a
        and model_combinations.model_b = products.model_b

)

select * from similarities
