with

behavior_variants as (

    select
        setting,
        changed_to,
        model,
        benchmark,
        {% if var('similarity') == 'centered_cosine' -%}
        score
        - round(avg(score) over (partition by setting, changed_to, benchmark), 12) as score
        {%- else -%}
        score
        {%- endif %}
    from {{ ref('int_behavior_variants') }}
    where not (setting = 'missing_scores' and changed_to = '{{ var("missing_scores") }}')

),

similarities_now as (

    select model_a as model, model_b as other_model, similarity from {{ ref('model_similarity') }}
    union all
    select model_b as model, model_a as other_model, similarity from {{ ref('model_similarity') }}

),

neighbours_now as (

    select
        model,
        other_model as nearest_model,
        similarity
    from similarities_now
    where similarity is not null
    qualify row_number() over (partition by model order by similarity desc, other_model) = 1

),

compared_variants as (

    select behavior_variants.*
    from behavior_variants
    semi join neighbours_now on behavior_variants.model = neighbours_now.model

),

products as (

    select
        scores.setting,
        scores.changed_to,
        scores.model,
        others.model as other_model,
        {{ exact_sum('scores.score * others.score') }} as dot_product,
        sqrt({{ exact_sum('scores.score * scores.score') }}) as norm,
        sqrt({{ exact_sum('others.score * others.score') }}) as norm_of_other
    from compared_variants as scores
    inner join compared_variants as others
        on scores.setting = others.setting
        and scores.changed_to = others.changed_to
        and scores.benchmark = others.benchmark
        and scores.model <> others.model
    group by scores.setting, scores.changed_to, scores.model, others.model

),

similarities_then as (

    select
        setting,
        changed_to,
        model,
        other_model,
        {{ cosine('dot_product', 'norm', 'norm_of_other') }} as similarity
    from products

),

neighbours_then as (

    select
        setting,
        changed_to,
        model,
        other_model as nearest_model,
        similarity
    from similarities_then
    where similarity is not null
    qualify
        row_number() over (
            partition by setting, changed_to, model order by similarity desc, other_model
        ) = 1

),

similarity_sensitivity as (

    select
        neighbours_now.model,
        neighbours_then.setting,
        neighbours_then.changed_to,
        neighbours_now.nearest_model,
        neighbours_now.similarity,
        neighbours_then.nearest_model as nearest_then,
        neighbours_then.similarity as similarity_then,
        neighbours_now.nearest_model <> neighbours_then.nearest_model as is_changed,
        count(*) filter (
            where neighbours_now.nearest_model <> neighbours_then.nearest_model
        ) over (partition by neighbours_now.model) as changes
    from neighbours_now
    inner join neighbours_then on neighbours_now.model = neighbours_then.model

)

select * from similarity_sensitivity
order by model, setting, changed_to
