{% macro json_reading(source_file) %}
    {{- return(adapter.dispatch("json_reading", "zebra")(source_file)) -}}
{% endmacro %}

{% macro duckdb__json_reading(source_file) -%}
    {#- Each thread holds twice this size; a larger record stops the build. -#}
    ignore_errors = true, maximum_object_size = 33554432,
                format = '{{ "newline_delimited" if pool_file_kind(source_file) == "jsonl"
                    else "auto" }}'
{%- endmacro %}

{% macro read_json_columns(source_file, structure) %}
    {{- return(adapter.dispatch("read_json_columns", "zebra")(source_file, structure)) -}}
{% endmacro %}

{% macro duckdb__read_json_columns(source_file, structure) -%}
    {%- set columns = [] -%}
    {%- for name, type in structure.items() -%}
        {%- do columns.append(adapter.quote(name) ~ ": " ~ sql_text(_duckdb_type(type))) -%}
    {%- endfor -%}
    read_json(
                {{ sql_text(source_file) }}, {{ json_reading(source_file) }},
                columns = {{ "{" ~ columns | join(", ") ~ "}" }}
            )
{%- endmacro %}

{% macro pool_file_columns(source_file) %}
    {{- return(adapter.dispatch("pool_file_columns", "zebra")(source_file)) -}}
{% endmacro %}

{% macro duckdb__pool_file_columns(source_file) %}
    {% set relation = pool_file_relation(source_file) %}
    {% if pool_file_kind(source_file) in ["json", "jsonl"] %}
        {% set query %}
            select
                column_name,
                -- by most of its values: a stray list makes no list of a column of texts
                count(*) filter (value_type = 'ARRAY') * 2 > count(*) filter (value_type <> 'NULL')
                as is_list
            from (
                select
                    column_name,
                    json_type(json_extract(json, column_name)) as value_type
                from (
                    select json, unnest(json_keys(json)) as column_name
                    from (select json from {{ relation }} where json is not null limit 1000)
                )
            )
            -- these would be read as paths, and no shape has such a column
            where left(column_name, 1) not in ('$', '/')
            group by column_name
            order by column_name
        {% endset %}
    {% else %}
        {% set query %}
            select column_name, column_type like '%[]' as is_list
            from (describe select * from {{ relation }})
        {% endset %}
    {% endif %}
    {% set columns = {} %}
    {% for row in run_query(query).rows %} {% do columns.update({row[0]: row[1]}) %} {% endfor %}
    {% do return(columns) %}
{% endmacro %}

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

{% macro pool_questions(source_file, name) %}
    {{- return(adapter.dispatch("pool_questions", "zebra")(source_file, name)) -}}
{% endmacro %}

{% macro duckdb__pool_questions(source_file, name) -%}
    {%- set parts = modules.re.split("[/\\\\]", source_file)[:-1] -%}
    {%- set places = [
        (parts + [name]) | join("/"),
        (parts[:-1] + [name]) | join("/") if parts else "../" ~ name,
    ] -%}
    {%- set found = [] -%}
    {%- for place in places -%}
        {%- if run_query("select 1 from glob(" ~ sql_text(place) ~ ") limit 1") | length > 0 -%}
            {%- do found.append(place) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not found -%}
        {%- do exceptions.raise_compiler_error(
            "var responses_path: " ~ source_file ~ " has answers to questions that stand in "
            ~ name ~ ", which is neither in its folder nor in the one above; put it there."
        ) -%}
    {%- endif -%}
    select
        cast(question_id as string) as asked_question_id,
        any_value(turns) as question_turns
    from read_json(
        {{ sql_text(found[0]) }}, format = 'newline_delimited',
        columns = {{ "{question_id: 'varchar', turns: 'varchar[]'}" }}
    )
    group by asked_question_id
{%- endmacro %}

{% macro look_at_unread_records(stored) %}
    {{- return(adapter.dispatch("look_at_unread_records", "zebra")(stored)) -}}
{% endmacro %}

{% macro duckdb__look_at_unread_records(stored) %}
    {% if not execute %} {% do return("") %} {% endif %}
    {# Rare: so their files are read once more, instead of every file twice. #}
    {% for source_file in run_query(
        "select distinct source_file from " ~ stored ~ " where is_malformed is null order by 1"
    ).columns[0].values() %}
        update {{ stored }} as stored
        set is_malformed = lines.is_malformed
        from (
            select
                row_number() over () as row_number,
                json is null as is_malformed
            from {{ pool_file_relation(source_file) }}
        ) as lines
        where
            stored.source_file = {{ sql_text(source_file) }}
            and stored.is_malformed is null
            and stored.row_number = lines.row_number;
    {% endfor %}
{% endmacro %}
