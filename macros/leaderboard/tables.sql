{# A file of rows and columns: `relation` (row_number, c1, c2, … as text), `headers`, `titles`. #}
{% macro leaderboard_table(source_file) %}
    {{- return(adapter.dispatch("leaderboard_table", "zebra")(source_file)) -}}
{% endmacro %}

{% macro duckdb__leaderboard_table(source_file) %}
    {% set kind = leaderboard_file_kind(source_file) %}
    {% if kind == "parquet" %} {% do return(_parquet_table(source_file)) %}
    {% elif kind == "json" %} {% do return(_json_table(source_file)) %}
    {% endif %}
    {% do return(_separated_table(source_file)) %}
{% endmacro %}

{% macro leaderboard_file_kind(source_file) %}
    {% set name = modules.re.sub("\\.(gz|zst)$", "", source_file | lower) %}
    {% set ending = name.split(".")[-1] %}
    {% if ending in ["json", "jsonl", "ndjson"] %} {% do return("json") %}
    {% elif ending in ["csv", "tsv", "txt"] %} {% do return("separated") %}
    {% elif ending == "parquet" %} {% do return("parquet") %}
    {% endif %}
    {% do exceptions.raise_compiler_error(
        "var leaderboard: " ~ source_file ~ " has no ending that ZEBRA reads; those are .csv, .tsv,"
        ~ " .parquet, .json and .jsonl, also followed by .gz or .zst"
        ~ ("; `zebra benchmarks` makes a CSV file of it." if ending in ["xlsx", "xlsm"] else ".")
    ) %}
{% endmacro %}

{% macro _separated_table(source_file) %}
    {% set lines = run_query(
        "select line from read_csv(" ~ sql_text(source_file) ~ ", columns = {'line': 'varchar'},"
        ~ " auto_detect = false, header = false, delim = e'\\x01', quote = '', escape = '',"
        ~ " strict_mode = false, max_line_size = 16777216) limit 50"
    ).columns[0].values() %}
    {% set text = lines | map("default", "", true) | join("\n") %}
    {# Quoted cells may hold separators and line breaks: only how many lines they take counts. #}
    {% set parts = modules.re.split('"((?:[^"]|"")*)"', text) %}
    {% set plain = [] %}
    {% for part in parts %}
        {% do plain.append(part if loop.index0 % 2 == 0 else "q" ~ "\x02" * part.count("\n")) %}
    {% endfor %}
    {% set records = (plain | join("")).split("\n") %}
    {% set best = namespace(separator="\t", count=0) %}
    {% for separator in ["\t", ";", ","] %}
        {% set count = namespace(n=0) %}
        {% for record in records %} {% set count.n = count.n + record.count(separator) %}
        {% endfor %}
        {% if count.n > best.count %}
            {% set best.count = count.n %} {% set best.separator = separator %}
        {% endif %}
    {% endfor %}
    {# A line with a single cell above the header is a title. #}
    {% set top = namespace(skip=0, width=0, titles=[]) %}
    {% for record in records if top.width == 0 %}
        {% set cells = record.split(best.separator) %}
        {# The column of names may have none itself: ,HumanEval is a header. #}
        {% if cells | map("trim") | select | list | length > 1
            or (cells | length == 2 and cells[1] | trim) %}
            {% set top.width = cells | length %}
        {% else %}
            {% set top.skip = top.skip + 1 + record.count("\x02") %}
            {% set title = record.replace(best.separator, " ") | trim %}
            {% if title %} {% do top.titles.append(title) %} {% endif %}
        {% endif %}
    {% endfor %}
    {% if top.width == 0 %}
        {% do exceptions.raise_compiler_error(
            "var leaderboard: " ~ source_file ~ " holds no table: it needs a line of column names"
            ~ " and a line for each model, parted by commas, semicolons or tabs."
        ) %}
    {% endif %}
    {% set columns = [] %}
    {# One more than the header has: DuckDB would leave out in silence what stands there. #}
    {% for number in range(1, top.width + 2) %}
        {% do columns.append("c" ~ number ~ ": 'varchar'") %}
    {% endfor %}
    {% set reading %}
        (
            select
                row_number() over () - 1 as row_number,
                *
            from read_csv(
                {{ sql_text(source_file) }}, auto_detect = false, header = false,
                skip = {{ top.skip }}, delim = {{ "e'\\t'" if best.separator == "\t" else
                "'" ~ best.separator ~ "'" }}, quote = '"', escape = '"', null_padding = true,
                parallel = false, max_line_size = 16777216,
                -- strict mode refuses a line break in a cell that is not like those between rows
                strict_mode = false,
                columns = {{ "{" ~ columns | join(", ") ~ "}" }}
            )
        )
    {% endset %}
    {% set beyond = "c" ~ (top.width + 1) %}
    {% set too_long = run_query(
        "select min(row_number) from " ~ reading ~ " where trim(" ~ beyond ~ ") <> ''"
    ).columns[0].values()[0] %}
    {% if too_long is not none %}
        {% do exceptions.raise_compiler_error(
            "var leaderboard: row " ~ too_long ~ " under the header of " ~ source_file
            ~ " has more cells than the header has columns; mend it, or quote the cell that holds"
            ~ " the separator."
        ) %}
    {% endif %}
    {% set headers = run_query(
        "select * exclude (row_number, " ~ beyond ~ ") from " ~ reading ~ " limit 1"
    ) %}
    {% set names = [] %}
    {% for value in headers.rows[0].values() %}
        {% do names.append(modules.re.sub("\\s+", " ", value or "") | trim) %}
    {% endfor %}
    {% do return({
        "relation": "(select * from " ~ reading ~ " where row_number > 0)",
        "headers": names,
        "titles": top.titles,
    }) %}
{% endmacro %}

{% macro _numbered_table(relation, columns, headers) %}
    {% do return({
        "relation": "(select row_number() over () as row_number, " ~ columns | join(", ")
        ~ " from " ~ relation ~ ")",
        "headers": headers,
        "titles": [],
    }) %}
{% endmacro %}

{% macro _parquet_table(source_file) %}
    {% set relation = "read_parquet(" ~ sql_text(source_file) ~ ")" %}
    {% set names = run_query(
        "select column_name from (describe select * from " ~ relation ~ ")"
    ).columns[0].values() | list %}
    {% set columns = [] %}
    {% for name in names %}
        {% do columns.append("cast(" ~ adapter.quote(name) ~ " as string) as c" ~ loop.index) %}
    {% endfor %}
    {% do return(_numbered_table(relation, columns, names)) %}
{% endmacro %}

{% macro _json_table(source_file) %}
    {% set relation = json_objects([source_file]) %}
    {% set names = run_query(
        "select column_name from (select row_number, unnest(json_keys(json)) as column_name,"
        ~ " generate_subscripts(json_keys(json), 1) as place from (select row_number() over ()"
        ~ " as row_number, json from " ~ relation ~ ")) group by column_name"
        ~ " order by min(row_number), min(place)"
    ).columns[0].values() | list %}
    {% set columns = [] %}
    {% for name in names %}
        {% set pointer = "/" ~ name.replace("~", "~0").replace("/", "~1") %}
        {% do columns.append(
            "json_extract_string(json, " ~ sql_text(pointer) ~ ") as c" ~ loop.index
        ) %}
    {% endfor %}
    {% do return(_numbered_table(relation, columns, names)) %}
{% endmacro %}

{% macro json_objects(source_files) %}
    {{- return(adapter.dispatch("json_objects", "zebra")(source_files)) -}}
{% endmacro %}

{% macro duckdb__json_objects(source_files) -%}
    {%- set paths = [] -%}
    {%- for path in source_files -%} {%- do paths.append(sql_text(path)) -%} {%- endfor -%}
    read_json_objects(
        [{{ paths | join(", ") }}], format = 'auto', filename = true,
        maximum_object_size = 33554432
    )
{%- endmacro %}
