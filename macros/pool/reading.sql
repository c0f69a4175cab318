{% macro json_reading(make) %}
    {{- return(adapter.dispatch("json_reading", "zebra")(make)) -}}
{% endmacro %}

{% macro duckdb__json_reading(make) -%}
    {#- Each thread holds twice this size; a larger record stops the build. -#}
    {%- set formats = {"lines": "newline_delimited", "array": "array", "auto": "auto"} -%}
    ignore_errors = true, maximum_object_size = 33554432, hive_partitioning = false,
                format = '{{ formats.get(make, "unstructured") }}'
{%- endmacro %}

{% macro read_json_columns(file, structure) %}
    {{- return(adapter.dispatch("read_json_columns", "zebra")(file, structure)) -}}
{% endmacro %}

{% macro duckdb__read_json_columns(file, structure) -%}
    {%- set columns = [] -%}
    {%- for name, type in structure.items() -%}
        {%- do columns.append(adapter.quote(name) ~ ": " ~ sql_text(_duckdb_type(type))) -%}
    {%- endfor -%}
    {%- set read -%}
        read_json(
                {{ sql_text(file.path) }}, MAKE,
                columns = {{ "{" ~ columns | join(", ") ~ "}" }}
            )
    {%- endset -%}
    {{ _read_as_made(file, "*", read) }}
{%- endmacro %}

{# Each line as it stands: no text holds what separates its columns. #}
{% macro _lines_of_file(file, reading) -%}
    read_csv(
        {{ sql_text(file.path) }}, auto_detect = false, header = false,
        columns = {{ "{'line': 'varchar'}" }}, delim = '{{ "\x01\x02\x03\x04" }}',
        quote = '', escape = '', strict_mode = false, parallel = false,
        hive_partitioning = false, {{ reading }}
    )
{%- endmacro %}

{# The first line after a byte-order mark is read as text, where the mark is passed over. #}
{% macro _read_as_made(file, columns, read) -%}
    {%- if file.make == "lines_after_mark" -%}
        (
            (
                select cast(line as json) as json
                from {{ _lines_of_file(
                    file, "ignore_errors = true, max_line_size = 33554432"
                ) }}
                where trim(line) <> ''
                limit 1
            )
            union all
            (select {{ columns }} from {{ read | replace("MAKE", json_reading("lines")) }} offset 1)
        )
    {%- else -%}
        {{ read | replace("MAKE", json_reading(file.make)) }}
    {%- endif -%}
{%- endmacro %}

{% macro pool_file_records(file) %}
    {{- return(adapter.dispatch("pool_file_records", "zebra")(file)) -}}
{% endmacro %}

{% macro duckdb__pool_file_records(file) -%}
    {%- set read = "read_json_objects(" ~ sql_text(file.path) ~ ", MAKE)" -%}
    {%- if file.make == "keyed" -%}
        (
            select unnest(map_values(from_json(json, '"MAP(VARCHAR, JSON)"'))) as json
            from {{ _read_as_made(file, "json", read) }}
        )
    {%- elif file.make in ["lists", "maps"] -%}
        {%- set structure = {} -%}
        {%- set values = [] -%}
        {%- set members = [] -%}
        {%- for name in file["keys"] -%}
            {%- set member = "columns." ~ adapter.quote(name) -%}
            {%- do structure.update({
                name: ["JSON"] if file.make == "lists" else "MAP(VARCHAR, JSON)"
            }) -%}
            {%- do values.append(
                "unnest(" ~ (member if file.make == "lists" else "map_values(" ~ member ~ ")")
                ~ ") as " ~ adapter.quote(name)
            ) -%}
            {%- do members.append(sql_text(name) ~ ", " ~ adapter.quote(name)) -%}
        {%- endfor -%}
        (
            select json_object({{ members | join(", ") }}) as json
            from (
                select {{ values | join(", ") }}
                from (
                    select from_json(json, {{ sql_text(tojson(structure)) }}) as columns
                    from {{ _read_as_made(file, "json", read) }}
                )
            )
        )
    {%- else -%} {{ _read_as_made(file, "json", read) }}
    {%- endif -%}
{%- endmacro %}

{% macro pool_file_relation(file) %}
    {{- return(adapter.dispatch("pool_file_relation", "zebra")(file)) -}}
{% endmacro %}

{% macro duckdb__pool_file_relation(file) -%}
    {%- set path = sql_text(file.path) -%}
    {%- if file.mapped -%} {{ file.mapped }}
    {%- elif file.kind == "sample" -%} {{ ref("sample_responses") }}
    {%- elif file.kind == "table" -%} {{ file.path }}
    {%- elif file.kind == "parquet" -%} read_parquet({{ path }}, hive_partitioning = false)
    {%- elif file.dialect -%}
        {#- A guessed dialect, skipped line or comment sign would lose rows without a word. -#}
        {%- set columns = [] -%}
        {%- for name in file.dialect.columns -%}
            {%- do columns.append(adapter.quote(name) ~ ": 'VARCHAR'") -%}
        {%- endfor -%}
        read_csv(
            {{ path }}, auto_detect = false, header = true, skip = 0, comment = '',
            delim = {{ sql_text(file.dialect.separator) }}, quote = '"',
            escape = {{ sql_text(file.dialect.escape) }},
            columns = {{ "{" ~ (columns or ["none: 'VARCHAR'"]) | join(", ") ~ "}" }},
            null_padding = true, parallel = false, max_line_size = 16777216,
            hive_partitioning = false
        )
    {%- else -%} {{ pool_file_records(file) }}
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
        {{ plain_value("any_value(turns)", ["TEXT"], false) }} as question_turns
    from read_json(
        {{ sql_text(found[0]) }}, format = 'newline_delimited', hive_partitioning = false,
        columns = {{ "{question_id: 'varchar', turns: 'json'}" }}
    )
    group by asked_question_id
{%- endmacro %}

{% macro look_at_unread_records(stored) %}
    {{- return(adapter.dispatch("look_at_unread_records", "zebra")(stored)) -}}
{% endmacro %}

{% macro duckdb__look_at_unread_records(stored) %}
    {% if not execute %} {% do return("") %} {% endif %}
    {# Rare: so their files are read once more, instead of every file twice. #}
    {% for row in run_query(
        "select source_file, bool_or(is_malformed is null), bool_or(is_unreadable_text is null)"
        ~ " from " ~ stored ~ " where is_malformed is null or is_unreadable_text is null"
        ~ " group by source_file order by source_file"
    ).rows %}
        {% set file = look_at_pool_file(row[0], pool_shapes()) %}
        {% if row[1] %}
        update {{ stored }} as stored
        set is_malformed = lines.is_malformed
        from (
            select
                row_number() over () as row_number,
                json is null as is_malformed
            from {{ pool_file_records(file) }}
        ) as lines
        where
            stored.source_file = {{ sql_text(row[0]) }}
            and stored.is_malformed is null
            and stored.row_number = lines.row_number;
        {% set line = line_that_is_no_utf_8(file) %}
        {% if line %}
        update {{ stored }}
        set mapped_columns =
                mapped_columns || '; line {{ line }} is not UTF-8: save the file as UTF-8'
        where source_file = {{ sql_text(row[0]) }};
        {% endif %}
        {% endif %}
        {% if row[2] %}
        -- what is no text in the file reads differently where that is looked at
        update {{ stored }} as stored
        set is_unreadable_text =
                stored.response is distinct from looked_at.response
                or stored.prompt_id is distinct from looked_at.prompt_id
        from (
            {{ read_pool_file(
                file, "", "select row_number from " ~ stored ~ " where is_unreadable_text is null"
                ~ " and source_file = " ~ sql_text(row[0])
            ) }}
        ) as looked_at
        where
            stored.source_file = {{ sql_text(row[0]) }}
            and stored.is_unreadable_text is null
            and stored.row_number = looked_at.row_number
            and stored.candidate_number = looked_at.candidate_number;
        {% endif %}
    {% endfor %}
{% endmacro %}

{% macro line_that_is_no_utf_8(file) %}
    {{- return(adapter.dispatch("line_that_is_no_utf_8", "zebra")(file)) -}}
{% endmacro %}

{# Read past, the first such line is in a table of DuckDB's own. #}
{% macro duckdb__line_that_is_no_utf_8(file) %}
    {% if file.make not in ["lines", "lines_after_mark"] %} {% do return(none) %} {% endif %}
    {% set reading = "max_line_size = 33554432, store_rejects = true, rejects_limit = 1,"
        ~ " rejects_table = 'zebra_unread_lines', rejects_scan = 'zebra_unread_scans'" %}
    {% do run_query("select count(*) from " ~ _lines_of_file(file, reading)) %}
    {% set line = run_query(
        "select min(line) from zebra_unread_lines where error_type = 'INVALID ENCODING'"
    ).columns[0].values()[0] %}
    {% do run_query("drop table zebra_unread_lines") %}
    {% do run_query("drop table zebra_unread_scans") %}
    {% do return(line) %}
{% endmacro %}
