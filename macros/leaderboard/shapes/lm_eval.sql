{# A run of lm-evaluation-harness: results by task and metric, all of them fractions. #}
{% macro lm_eval_cells(files) %}
    {{- return(adapter.dispatch("lm_eval_cells", "zebra")(files)) -}}
{% endmacro %}

{% macro duckdb__lm_eval_cells(files) -%}
    select
        files.file_number,
        files.source_file,
        'lm-evaluation-harness' as board,
        'lm_eval' as shape,
        1 as row_number,
        1 as column_number,
        -- of older versions: harness|arc:challenge|25 and hendrycksTest-anatomy
        regexp_replace(task, '^(harness\|)?(hendrycksTest-)?|\|\d+$', '', 'g') || ' ' || metric
            as column_name,
        model,
        json_extract_string(
            json,
            '/results/' || replace(replace(task, '~', '~0'), '/', '~1')
            || '/' || replace(replace(metric, '~', '~0'), '/', '~1')
        ) as score_text,
        'fraction' as stated_unit,
        'lm-evaluation-harness' as source
    from (
        select
            *,
            unnest(json_keys(json, '/results/' || replace(replace(task, '~', '~0'), '/', '~1')))
                as metric
        from (
            select
                filename,
                json,
                coalesce(
                    json_extract_string(json, '$.config_general.model_name'),
                    nullif(regexp_extract(
                        json_extract_string(json, '$.config.model_args'),
                        '(?:^|,)\s*(?:pretrained|model|peft)=([^,]+)', 1
                    ), ''),
                    json_extract_string(json, '$.config.model_args.pretrained'),
                    json_extract_string(json, '$.config.model_args.model'),
                    json_extract_string(json, '$.model_name'),
                    json_extract_string(json, '$.config.model')
                ) as model,
                unnest(json_keys(json, '$.results')) as task
            from {{ json_objects(files | map(attribute="source_file") | list) }}
        )
    )
    inner join {{ numbered_files(files) }} on filename = files.source_file
    where metric not like '%stderr%' and metric not in ('alias', 'name', 'sample_len', ' ')
{%- endmacro %}

{% macro numbered_files(files) -%}
    (values
        {%- for file in files %}
        ({{ file.number }}, {{ sql_text(file.source_file) }}){{ "," if not loop.last }}
        {%- endfor %}
    ) as files (file_number, source_file)
{%- endmacro %}
