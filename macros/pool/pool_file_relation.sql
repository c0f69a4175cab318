{% macro pool_file_relation(source_file) %}
    {{- return(adapter.dispatch("pool_file_relation", "zebra")(source_file)) -}}
{% endmacro %}

{% macro duckdb__pool_file_relation(source_file) -%}
    {%- set kind = pool_file_kind(source_file) -%}
    {%- set path = sql_text(source_file) -%}
    {%- if kind == "sample" -%} {{ ref("sample_responses") }}
    {%- elif kind == "parquet" -%} read_parquet({{ path }})
    {%- elif kind in ["csv", "tsv"] -%}
        {#- A guessed dialect, skipped line or comment sign would lose rows without a word. -#}
        read_csv(
            {{ path }}, header = true, all_varchar = true, skip = 0, comment = '',
            delim = {{ "','" if kind == "csv" else "'\\t'" }}, quote = '"', escape = '"',
            null_padding = true, parallel = false, max_line_size = 16777216
        )
    {%- else -%}
        read_json_objects({{ path }}, {{ json_reading(source_file) }})
    {%- endif -%}
{%- endmacro %}
