{# What is known of a file before it is read: how it is made, and what its columns hold. #}
{% macro look_at_pool_file(source_file, shapes) %}
    {% set kind = pool_file_kind(source_file) %}
    {% set file = {
        "path": source_file,
        "kind": kind,
        "make": none,
        "keys": [],
        "dialect": none,
        "partitions": partitions_of_path(source_file),
        "mapping": mapping_of_file(source_file),
        "mapped": none,
        "columns": {},
        "own_columns": {},
        "shapes": shapes,
    } %}
    {% if kind in ["json", "jsonl"] %} {% do look_at_json_make(file) %}
    {% elif kind in ["csv", "tsv"] %} {% do file.update({"dialect": csv_dialect(file)}) %}
    {% endif %}
    {% do file.update({"columns": pool_file_columns(file)}) %}
    {% do file.update({"own_columns": file.columns}) %}
    {% if file.mapping %}
        {% do file.update({"mapped": mapped_relation(file)}) %}
        {% do file.update({"columns": pool_file_columns(file)}) %}
    {% endif %}
    {% do return(file) %}
{% endmacro %}

{% macro partitions_of_path(source_file) %}
    {% set partitions = {} %}
    {% for part in modules.re.split("[/\\\\]", source_file)[:-1] %}
        {% set found = modules.re.match("([A-Za-z_]+)=(.+)$", part) %}
        {% if found %}
            {% do partitions.update({found.group(1) | lower: found.group(2)}) %}
        {% endif %}
    {% endfor %}
    {% do return(partitions) %}
{% endmacro %}

{% macro first_lines(file) %}
    {{- return(adapter.dispatch("first_lines", "zebra")(file)) -}}
{% endmacro %}

{% macro duckdb__first_lines(file) %}
    {# Lines that cannot be read are left out of JSON, where each is reported by itself; in a CSV
       file they stop the build. #}
    {% set reading = (
        "ignore_errors = false, max_line_size = 16777216" if file.kind in ["csv", "tsv"]
        else "ignore_errors = true, buffer_size = 4000000, max_line_size = 2000000"
    ) %}
    {% do return(
        run_query(
            "select line, coalesce(json_valid(line), false) from "
            ~ _lines_of_file(file, reading) ~ " where trim(line) <> '' limit 100"
        ).rows
    ) %}
{% endmacro %}

{% macro refuse_lines_that_cannot_be_read(file) %}
    {{- return(adapter.dispatch("refuse_lines_that_cannot_be_read", "zebra")(file)) -}}
{% endmacro %}

{# By the first error, as a CSV file is refused. #}
{% macro duckdb__refuse_lines_that_cannot_be_read(file) %}
    {% do run_query(
        "select count(*) from "
        ~ _lines_of_file(file, "ignore_errors = false, max_line_size = 33554432")
    ) %}
{% endmacro %}

{% macro look_at_json_make(file) %}
    {% set lines = first_lines(file) %}
    {% do _refuse_utf_16(file, lines) %}
    {% if not lines %} {% do refuse_lines_that_cannot_be_read(file) %} {% endif %}
    {% set is_lines = file.kind == "jsonl" %}
    {% set first = lines[0][0].strip() if lines else "" %}
    {% set second = lines[1][0].strip() if lines | length > 1 else "" %}
    {% if not lines %} {% set make = "lines" if is_lines else "auto" %}
    {% elif first.startswith("[") and not (is_lines and second.startswith("[")) %}
        {% set make = "array" %}
    {% elif first.startswith("{") and lines[0][1] %} {% set make = "lines" %}
    {% elif first.startswith("{") and not second.startswith("{")
        and (not is_lines or (second and first[-1] in "{[,:")) %}
        {% set make = "unstructured" %}
    {% else %} {% set make = "lines" %}
    {% endif %}
    {% do file.update({"make": make}) %}
    {% if make == "lines" and lines and lines[0][1]
        and run_query(
            "select json is null from " ~ pool_file_records(file) ~ " limit 1"
        ).columns[0].values()[0] %}
        {# DuckDB takes a byte-order mark for a part of the first line. #}
        {% do file.update({"make": "lines_after_mark"}) %}
    {% endif %}
    {% if make == "unstructured" or (make == "lines" and lines | length == 1) %}
        {% do look_at_single_object(file) %}
    {% endif %}
{% endmacro %}

{# Every ASCII character has a byte of zeros in UTF-16. Without a line that can be read, the first
   bytes tell; of a large file they would cost more than they are worth. #}
{% macro _refuse_utf_16(file, lines) %}
    {% set is_utf_16 = (
        lines[0][0].count("\x00") * 3 > lines[0][0] | length if lines
        else first_bytes_of_file(file.path) in ["FFFE", "FEFF"]
    ) %}
    {% if is_utf_16 %}
        {% do exceptions.raise_compiler_error(
            "var responses_path: " ~ file.path ~ " is in UTF-16; save it as UTF-8."
        ) %}
    {% endif %}
{% endmacro %}

{% macro first_bytes_of_file(path) %}
    {{- return(adapter.dispatch("first_bytes_of_file", "zebra")(path)) -}}
{% endmacro %}

{% macro duckdb__first_bytes_of_file(path) %}
    {# DuckDB reads a file whole for its bytes, and none of it for its size. #}
    {% set blob = "read_blob(" ~ sql_text(path) ~ ")" %}
    {% set size = run_query("select size from " ~ blob).columns[0].values()[0] %}
    {% if size > 64000000 %} {% do return("") %} {% endif %}
    {% do return(
        run_query("select left(hex(content), 4) from " ~ blob).columns[0].values()[0]
    ) %}
{% endmacro %}

{% macro look_at_single_object(file) %}
    {% set members = run_query(members_of_single_object(file)).rows %}
    {% set names = [] %}
    {% set inner = [] %}
    {% set types = [] %}
    {% set sizes = [] %}
    {% for member in members %}
        {% do names.append(member[0]) %}
        {% do types.append(member[1]) %}
        {% do sizes.append(member[2]) %}
        {% do inner.append(member[3] or "[]") %}
    {% endfor %}
    {% set known = known_column_names(file) %}
    {% set outer_fits = names | map("lower") | select("in", known) | list | length > 0 %}
    {% set inner_fits = fromjson(inner[0] if inner else "[]") | map("lower")
        | select("in", known) | list | length > 0 %}
    {% if names | length < 1 or types | unique | list not in [["ARRAY"], ["OBJECT"]] %}
        {% do return(none) %}
    {% elif types[0] == "ARRAY" %}
        {% if names | length > 1 and sizes | unique | list | length == 1 and outer_fits %}
            {% do file.update({"make": "lists", "keys": names}) %}
        {% endif %}
    {% elif outer_fits and not inner_fits and names | length > 1
        and inner | unique(true) | list | length == 1 %}
        {% do file.update({"make": "maps", "keys": names}) %}
    {% elif inner_fits and not outer_fits %} {% do file.update({"make": "keyed"}) %}
    {% else %}
        {% do exceptions.raise_compiler_error(
            "var responses_path: " ~ file.path ~ " holds one object of objects, which may be"
            ~ " columns or records: save it as a list of records (in pandas: orient=\"records\","
            ~ " lines=True)."
        ) %}
    {% endif %}
{% endmacro %}

{% macro members_of_single_object(file) %}
    {{- return(adapter.dispatch("members_of_single_object", "zebra")(file)) -}}
{% endmacro %}

{% macro duckdb__members_of_single_object(file) -%}
    {#- Of a file with more than one record: none. -#}
    select
        name,
        json_type(value) as type,
        case json_type(value)
            when 'ARRAY' then json_array_length(value)
            when 'OBJECT' then len(json_keys(value))
        end as size,
        case when json_type(value) = 'OBJECT' then to_json(json_keys(value)) end as names
    from (
        select
            unnest(json_keys(json)) as name,
            unnest(map_values(from_json(json, '"MAP(VARCHAR, JSON)"'))) as value
        from (
            select any_value(json) as json
            from (select json from {{ pool_file_records(file) }} limit 2)
            having count(*) = 1 and json_type(any_value(json)) = 'OBJECT'
        )
    )
{%- endmacro %}

{% macro csv_dialect(file) %}
    {% set lines = first_lines(file) %}
    {% if not lines %}
        {% do return({"separator": ",", "escape": "\"", "columns": []}) %}
    {% endif %}
    {% set header = lines[0][0] %}
    {% set of = namespace(separator="\t" if file.kind == "tsv" else ",", escape="\"") %}
    {% if file.kind == "csv" %}
        {% for other in [";", "\t"] if header.count(other) > header.count(of.separator) %}
            {% set of.separator = other %}
        {% endfor %}
    {% endif %}
    {# Where quotes are doubled, what follows \" is a separator, a quote or the line's end. #}
    {% for line in lines %}
        {% if modules.re.search("\\\\\"[^\"\\s" ~ of.separator ~ "]", line[0]) %}
            {% set of.escape = "\\" %}
        {% endif %}
    {% endfor %}
    {% set names = [] %}
    {% for cell in modules.re.findall(
        "(?:^|" ~ of.separator ~ ")(\"(?:[^\"]|\"\")*\"|[^" ~ of.separator ~ "]*)", header
    ) %}
        {% set name = namespace(text=cell.strip().strip("\"")) %}
        {% if not name.text %} {% set name.text = "column" ~ loop.index0 %} {% endif %}
        {% if name.text | lower in names | map("lower") %}
            {% set name.text = name.text ~ "_" ~ loop.index0 %}
        {% endif %}
        {% do names.append(name.text) %}
    {% endfor %}
    {% do return({"separator": of.separator, "escape": of.escape, "columns": names}) %}
{% endmacro %}

{% macro pool_file_columns(file) %}
    {{- return(adapter.dispatch("pool_file_columns", "zebra")(file)) -}}
{% endmacro %}

{% macro duckdb__pool_file_columns(file) %}
    {% set is_json = file.make and not file.mapped %}
    {# An empty file. #}
    {% if file.dialect and not file.dialect.columns %} {% do return({}) %} {% endif %}
    {% set sample %}
        {% if is_json -%}
        select json from {{ pool_file_records(file) }} where json is not null limit 1000
        {%- else -%}
        select to_json(record) as json
        from (select * from {{ pool_file_relation(file) }} limit 1000) as record
        {%- endif %}
    {% endset %}
    {% set names = [] %}
    {% set wanted = [] %}
    {% set paths = [] %}
    {% set known = known_column_names(file) %}
    {% set columns = {} %}
    {% for row in run_query(
        "select distinct unnest(json_keys(json)) from (" ~ sample ~ ") order by 1" if is_json
        else "select column_name from (describe select * from " ~ pool_file_relation(file) ~ ")"
    ).rows %}
        {% do columns.update({row[0]: unknown_column()}) %}
        {% if row[0] | lower in known %}
            {% do wanted.append(sql_text(row[0])) %}
            {% do paths.append(sql_text("$." ~ tojson(row[0]))) %}
        {% endif %}
    {% endfor %}
    {% if not wanted %} {% do return(columns) %} {% endif %}
    {% set query %}
        with

        records as (

            select
                row_number() over () as place,
                json_extract(json, [{{ paths | join(", ") }}]) as found
            from ({{ sample }})

        ),

        found_values as (

            select
                place,
                unnest([{{ wanted | join(", ") }}]) as column_name,
                unnest(found) as value
            from records

        ),

        typed_values as (

            select
                *,
                json_type(value) as type,
                case when json_type(value) = 'VARCHAR' then nullif(value ->> '$', '') end as text
            from found_values

        ),

        parsed_values as (

            select
                *,
                case
                    when regexp_matches(text, '^\s*[\[{]') then {{ parsed_text('text') }}
                end as parsed
            from typed_values

        )

        select
            column_name,
            -- by most of its values: a stray list makes no list of a column of texts
            count(*) filter (type = 'ARRAY') * 2 > count(*) filter (type <> 'NULL') as is_list,
            coalesce(
                max(json_array_length(value)) filter (type = 'ARRAY'), 0
            ) as most_items,
            coalesce(
                count(parsed) > 0 and count(parsed) = count(*) filter (type <> 'NULL'), false
            ) as is_encoded,
            coalesce(
                bool_and(regexp_matches(text, '^\s*\[\s*\{\s*''')), false
            ) as is_python,
            coalesce(bool_and(try_cast(text as double) is not null), false) as is_numeric,
            cast(
                json_group_structure(case when place <= 200 then value end) as string
            ) as structure,
            cast(
                json_group_structure(case when place <= 200 then parsed end) as string
            ) as parsed_structure
        from parsed_values
        group by column_name
    {% endset %}
    {% do note_looks(columns, query) %}
    {% do return(columns) %}
{% endmacro %}

{# What the query found of some columns, noted with what is known of them. #}
{% macro note_looks(columns, query) %}
    {% for row in run_query(query).rows %}
        {% set structure = structure_of(row[7] if row[3] else row[6]) %}
        {% do columns[row[0]].update({
            "is_list": row[1]
                or (row[3] and structure is not string and structure is not mapping),
            "most_items": row[2],
            "is_encoded": row[3],
            "is_python": row[4],
            "is_numeric": row[5],
            "structure": structure,
        }) %}
    {% endfor %}
{% endmacro %}

{% macro structure_of(text) %}
    {{- return(adapter.dispatch("structure_of", "zebra")(text)) -}}
{% endmacro %}

{% macro duckdb__structure_of(text) %} {% do return(fromjson(text)) %} {% endmacro %}

{% macro unknown_column() %}
    {% do return({
        "is_list": false, "most_items": 0, "is_encoded": false, "is_python": false,
        "is_numeric": false, "structure": "NULL",
    }) %}
{% endmacro %}

{# Names that a column of some shape can have, and those that responses_columns names. #}
{% macro known_column_names(file) %}
    {% set names = [] %}
    {% for shape in file.shapes.values() %}
        {% for field in shape.fields.values() %} {% do names.extend(field.names) %} {% endfor %}
    {% endfor %}
    {% for expression in file.mapping.values() %}
        {% do names.extend(words_of(expression)) %}
    {% endfor %}
    {% do return(names | map("lower") | unique | list) %}
{% endmacro %}
