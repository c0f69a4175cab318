{% macro list_pool_files() %}
    {{- return(adapter.dispatch("list_pool_files", "zebra")()) -}}
{% endmacro %}

{% macro duckdb__list_pool_files() -%}
    {%- set paths = [] -%}
    {%- for path in pool_paths() -%}
        {%- if execute and "://" in path -%} {%- do need_remote_files(path) -%} {%- endif -%}
        {%- set found = "select 1 from glob(" ~ sql_text(path) ~ ") limit 1" -%}
        {%- if execute and run_query(found) | length == 0 -%}
            {%- do exceptions.raise_compiler_error(
                "var responses_path: no file at " ~ path ~ " (seen from the folder dbt runs in)."
            ) -%}
        {%- endif -%}
        {%- do paths.append(sql_text(path)) -%}
    {%- endfor -%}
    select distinct
        -- DuckDB 1.5 puts ./ before what a glob in the working folder finds, 2.0 does not
        case when filename like './%' then substr(filename, 3) else filename end as source_file,
        size as size_bytes,
        last_modified as modified_at
    from read_blob([{{ paths | join(", ") }}])
{%- endmacro %}
