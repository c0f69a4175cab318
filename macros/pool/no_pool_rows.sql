{% macro no_pool_rows() -%}
    select
        cast(null as string) as source_file,
        cast(null as string) as file_fingerprint,
        cast(null as string) as shape,
        cast(null as string) as mapped_columns,
        cast(null as bigint) as row_number,
        cast(null as bigint) as candidate_number,
        cast(null as boolean) as is_malformed,
        cast(null as string) as prompt_id,
        cast(null as boolean) as is_empty_prompt,
        cast(null as boolean) as holds_prompt,
        cast(null as string) as prompt,
        {{ no_messages() }} as history,
        cast(null as string) as source,
        cast(null as string) as model,
        cast(null as string) as response,
        cast(null as double) as score,
        cast(null as double) as rating
    where false
{%- endmacro %}
