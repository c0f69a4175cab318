{# A run in the Every Eval Ever schema: a model and its evaluations, each with its range. #}
{% macro every_eval_ever_cells(files) %}
    {{- return(adapter.dispatch("every_eval_ever_cells", "zebra")(files)) -}}
{% endmacro %}

{% macro duckdb__every_eval_ever_cells(files) -%}
    select
        files.file_number,
        files.source_file,
        coalesce(json_extract_string(json, '$.source_metadata.source_name'), files.source_file)
            as board,
        'every_eval_ever' as shape,
        row_number,
        1 as column_number,
        {{ folded_name("json_extract_string(evaluation, '$.evaluation_name')") }} as column_name,
        coalesce(
            json_extract_string(json, '$.model_info.id'),
            json_extract_string(json, '$.model_info.name')
        ) as model,
        json_extract_string(evaluation, '$.score_details.score') as score_text,
        case try_cast(json_extract_string(evaluation, '$.metric_config.max_score') as double)
            when 1 then 'fraction'
            when 100 then 'percent'
        end as stated_unit,
        json_extract_string(json, '$.source_metadata.source_name') as source
    from (
        select
            filename,
            row_number() over () as row_number,
            json,
            unnest(json_extract(json, '$.evaluation_results[*]')) as evaluation
        from {{ json_objects(files | map(attribute="source_file") | list) }}
    )
    inner join {{ numbered_files(files) }} on filename = files.source_file
{%- endmacro %}
