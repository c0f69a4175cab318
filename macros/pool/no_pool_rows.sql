{% macro no_pool_rows() -%}
    select
        cast(null as varchar) as source_file,
        cast(null as varchar) as file_fingerprint,
        cast(null as varchar) as shape,
        cast(null as varchar) as mapped_columns,
        cast(null as bigint) as row_number,
        cast(null as bigint) as candidate_number,
        cast(null as boolean) as is_malformed,
        cast(null as varchar) as prompt_id,
        cast(null as boolean) as is_empty_prompt,
        cast(null as boolean) as holds_prompt,
        cast(null as varchar) as prompt,
        {{ no_messages() }} as history,
        cast(null as varchar) as source,
        cast(null as varchar) as model,
        cast(null as varchar) as response,
        cast(null as double) as score,
        cast(null as double) as rating,
    where false
{%- endmacro %}
