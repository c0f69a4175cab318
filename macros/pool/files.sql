{% macro file_stem(source_file) %}
    {% set name = file_name(source_file) %}
    {% do return(
        modules.re.sub("\\.(jsonl|ndjson|json|csv|tsv|parquet)(\\.(gz|zst))?$", "", name)
    ) %}
{% endmacro %}

{% macro pool_file_kind(source_file) %}
    {% if pool_is_sample() %} {% do return("sample") %} {% endif %}
    {% if var("responses_table") is not none %} {% do return("table") %} {% endif %}
    {% set name = modules.re.sub("\\.(gz|zst)$", "", source_file | lower) %}
    {% set ending = name.split(".")[-1] %}
    {% if ending in ["jsonl", "ndjson"] %} {% do return("jsonl") %}
    {% elif ending in ["json", "csv", "tsv", "parquet"] %} {% do return(ending) %}
    {% endif %}
    {% do exceptions.raise_compiler_error(
        "var responses_path: " ~ source_file ~ " has no ending that ZEBRA reads; those are "
        ~ ".jsonl, .ndjson, .json, .csv, .tsv and .parquet, also followed by .gz or .zst"
        ~ (": unpack it first." if ending in ["xz", "bz2", "zip", "7z"] else ".")
    ) %}
{% endmacro %}

{# Whether no pool is named, and the one in seeds/ stands for it. #}
{% macro pool_is_sample() %}
    {% do return(not paths_of("responses_path") and var("responses_table") is none) %}
{% endmacro %}

{% macro pool_var() %}
    {% do return("var responses_" ~ ("path" if var("responses_table") is none else "table")) %}
{% endmacro %}

{% macro list_pool_files() -%}
    {%- if var("responses_table") is not none %}
    select
        {{ sql_text(var("responses_table")) }} as source_file,
        cast(null as bigint) as size_bytes,
        cast(null as timestamp) as modified_at
    {%- endif %}
    {%- for path in paths_of("responses_path") %}
    {{ files_at(path_with_files("responses_path", path)) }}
    {{ "union" if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# A file's rows have their order; those of a table are told apart by what they hold. #}
{% macro place_in_pool(response_id) -%}
    {%- if var("responses_table") is none -%} source_file, row_number, candidate_number
    {%- else -%} {{ response_id }}, source, model_as_written, row_number, candidate_number
    {%- endif -%}
{%- endmacro %}

{% macro state_of_pool_file() -%}
    {%- if var("responses_table") is none -%}
        size_bytes || '|' || coalesce(cast(modified_at as string), '')
    {%- else -%} {{ state_of_table(var("responses_table")) }}
    {%- endif -%}
{%- endmacro %}

{% macro state_of_table(table) %}
    {{- return(adapter.dispatch("state_of_table", "zebra")(table)) -}}
{% endmacro %}

{% macro duckdb__state_of_table(table) %}
    {% if execute and not table_exists(table) %}
        {% do exceptions.raise_compiler_error(
            "var responses_table: there is no table " ~ table ~ " in " ~ this.database
            ~ "; name it as SQL does, with its schema, and with its database where that is another"
            ~ " (attach it in profiles.yml)."
        ) %}
    {% endif %}
    {{- return(content_of(table)) -}}
{% endmacro %}

{# A relation's name in SQL, part by part, without quotes and in lower case. #}
{% macro parts_of_name(name) %}
    {% set parts = [] %}
    {% for quoted, ticked, word in modules.re.findall(
        '"((?:[^"]|"")+)"|`([^`]+)`|([^".`]+)', name | lower
    ) %}
        {% do parts.append(quoted | replace('""', '"') or ticked or word.strip()) %}
    {% endfor %}
    {% do return(parts) %}
{% endmacro %}

{# By its name alone, or after its schema, its database or both. #}
{% macro table_exists(table) %}
    {% set parts = [] %}
    {% for part in parts_of_name(table) %} {% do parts.append(sql_text(part)) %} {% endfor %}
    {% set here = "table_catalog = current_catalog()" %}
    {% set places = {
        1: [here ~ " and table_schema = current_schema()"],
        2: [
            here ~ " and lower(table_schema) = " ~ parts[0],
            "lower(table_catalog) = " ~ parts[0] ~ " and table_schema = 'main'",
        ],
        3: ["lower(table_catalog) = " ~ parts[0] ~ " and lower(table_schema) = " ~ parts[1]],
    } %}
    {% set query %}
        select 1 from information_schema.tables
        where lower(table_name) = {{ parts[-1] }}
            and ({{ places.get(parts | length, ["false"]) | join(" or ") }})
    {% endset %}
    {% do return(run_query(query).rows | length > 0) %}
{% endmacro %}

{% macro pool_files_to_read(listed, stored) %}
    {# Files of `listed` that `stored` does not hold as they are now. `stored` may be none. #}
    {% if not execute or load_relation(listed) is none %} {% do return([]) %} {% endif %}
    {% set query %}
        select listed.source_file, listed.file_fingerprint
        from {{ listed }} as listed
        {% if stored is not none -%}
        where not exists (
            select 1 from {{ stored }} as stored
            where stored.source_file = listed.source_file
                and stored.file_fingerprint = listed.file_fingerprint
        )
        {%- endif %}
        order by listed.source_file
    {% endset %}
    {% do return(run_query(query).rows) %}
{% endmacro %}

{% macro pool_reader_version() %}
    {# Raised when reading changes, so that a pool stored by an older version is read again. #}
    {% do return(5) %}
{% endmacro %}

{% macro content_fingerprint(columns) %}
    {{- return(adapter.dispatch("content_fingerprint", "zebra")(columns)) -}}
{% endmacro %}

{% macro default__content_fingerprint(columns) -%}
    {%- set row_text = [] -%}
    {%- for column in columns -%}
        {%- do row_text.append("coalesce(" ~ column ~ ", '')") -%}
    {%- endfor -%}
    md5({{ joined_list(sorted_list("md5(" ~ row_text | join(" || chr(31) || ") ~ ")"), "'|'") }})
{%- endmacro %}

{% macro note_pool(stored) %}
    {{- return(adapter.dispatch("note_pool", "zebra")(stored)) -}}
{% endmacro %}

{% macro duckdb__note_pool(stored) %}
    {# What is stored is told by its files, for its texts take long to go through. #}
    {% set fingerprint %}
        (
            select {{ content_fingerprint(['source_file', 'file_fingerprint']) }}
                || '{{ local_md5(model.raw_code) }}'
            from (select distinct source_file, file_fingerprint from {{ stored }}) as files
        )
    {% endset %}
    {% do return(note_fingerprint(stored, fingerprint)) %}
{% endmacro %}

{% macro forget_stale_pool_files(stored, listed) %}
    {{- return(adapter.dispatch("forget_stale_pool_files", "zebra")(stored, listed)) -}}
{% endmacro %}

{% macro duckdb__forget_stale_pool_files(stored, listed) %}
    {% if not execute or load_relation(stored) is none or should_full_refresh() %}
        {% do return("") %}
    {% endif %}
    delete from {{ stored }} as stored
    where not exists (
        select 1 from {{ listed }} as listed
        where listed.source_file = stored.source_file
            and listed.file_fingerprint = stored.file_fingerprint
    )
{% endmacro %}

{# One that another version stored, with columns of its own; it is read again. #}
{% macro forget_pool_of_other_columns(stored) %}
    {% if not execute or not _builds_relations() %} {% do return("") %} {% endif %}
    {% set id = "model." ~ project_name ~ "." ~ stored.identifier %}
    {% set existing = load_cached_relation(stored) %}
    {% if id in selected_resources and existing is not none %}
        {% set columns = adapter.get_columns_in_relation(existing) | map(attribute="name") %}
        {% if columns | sort != graph.nodes[id].columns | sort %}
            {# What hooks have left open is rolled back. #}
            {% do adapter.ensure_transaction() %}
            {% do adapter.drop_relation(existing) %}
            {% do adapter.commit() %}
        {% endif %}
    {% endif %}
    {% do return("") %}
{% endmacro %}
