{% macro leaderboard_shape_names() %}
    {% do return(["long", "wide", "lm_eval", "every_eval_ever"]) %}
{% endmacro %}

{# Names of the columns that are no benchmark's, best first; case, blanks and _ do not matter. #}
{% macro leaderboard_roles() %}
    {% do return({
        "model": [
            "fullname", "full name", "model", "model name", "model id", "models", "name",
            "generator", "llm", "system",
        ],
        "benchmark": ["benchmark", "task", "dataset", "evaluation name", "benchmark name"],
        "score": ["score", "value", "result", "figure"],
        "source": ["source", "reference", "url"],
    }) %}
{% endmacro %}

{% macro column_of_role(role, headers) %}
    {# Its place from 1, none where no column is named so; var leaderboard_columns goes first. #}
    {% set given = var("leaderboard_columns").get(role) %}
    {% set wanted = [given] if given is string else leaderboard_roles()[role] %}
    {% set folded = [] %}
    {% for header in headers %} {% do folded.append(folded_header(header)) %} {% endfor %}
    {% for name in wanted if folded_header(name) in folded %}
        {% do return(folded.index(folded_header(name)) + 1) %}
    {% endfor %}
    {% do return(none) %}
{% endmacro %}

{% macro folded_header(header) %}
    {% do return(modules.re.sub("[\\s_]+", " ", header | lower) | trim) %}
{% endmacro %}

{# Files of runs come in thousands and are read together; of tables each has columns of its own. #}
{% macro leaderboard_cells(files) -%}
    {%- set runs = {} -%}
    {%- set selects = [] -%}
    {%- set headers = [] -%}
    {%- set kinds = json_leaderboard_shapes(files) -%}
    {%- for file in files -%}
        {%- set shape = kinds.get(file.source_file) -%}
        {%- if shape in ["lm_eval", "every_eval_ever"] -%}
            {%- if shape not in runs -%} {%- do runs.update({shape: []}) -%} {%- endif -%}
            {%- do runs[shape].append(file) -%}
        {%- elif shape == "none" -%}
            {%- do exceptions.raise_compiler_error(
                "var leaderboard: " ~ file.source_file ~ " is JSON of no shape that ZEBRA reads"
                ~ " (a list of records, long or wide; lm_eval; every_eval_ever): write it as a CSV"
                ~ " file with a line for each model, its name in a column model and a column for"
                ~ " each benchmark."
            ) -%}
        {%- else -%}
            {%- set table = leaderboard_table(file.source_file) -%}
            {%- for header in table.headers -%} {%- do headers.append(folded_header(header)) -%}
            {%- endfor -%}
            {%- do selects.append(table_cells(file, table)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do check_roles_are_there(headers) -%}
    {%- for shape, of_shape in runs.items() -%}
        {%- do selects.append(
            lm_eval_cells(of_shape) if shape == "lm_eval" else every_eval_ever_cells(of_shape)
        ) -%}
    {%- endfor -%}
    {{ selects | join("\n    union all\n") }}
{%- endmacro %}

{% macro json_leaderboard_shapes(files) %}
    {{- return(adapter.dispatch("json_leaderboard_shapes", "zebra")(files)) -}}
{% endmacro %}

{% macro duckdb__json_leaderboard_shapes(files) %}
    {% set paths = [] %}
    {% for file in files if leaderboard_file_kind(file.source_file) == "json" %}
        {% do paths.append(file.source_file) %}
    {% endfor %}
    {% if not paths %} {% do return({}) %} {% endif %}
    {% set shapes = {} %}
    {% for row in run_query(
        "select filename, case when bool_and(list_contains(keys, 'evaluation_results'))"
        ~ " then 'every_eval_ever' when bool_and(list_contains(keys, 'results') and"
        ~ " (list_contains(keys, 'config') or list_contains(keys, 'config_general')"
        ~ " or list_contains(keys, 'versions'))) then 'lm_eval'"
        ~ " when count(*) > 1 or bool_or(has_plain) then 'table' else 'none' end"
        ~ " from (select filename, json_keys(json) as keys, len(list_filter(json_extract(json,"
        ~ " '$.*'), lambda value: json_type(value) not in ('OBJECT', 'ARRAY'))) > 0 as has_plain"
        ~ " from " ~ json_objects(paths) ~ ") group by filename"
    ).rows %}
        {% do shapes.update({row[0]: row[1]}) %}
    {% endfor %}
    {% do return(shapes) %}
{% endmacro %}

{% macro table_cells(file, table) %}
    {% set headers = table.headers %}
    {% set roles = {} %}
    {% for role in leaderboard_roles() %}
        {% do roles.update({role: column_of_role(role, headers)}) %}
    {% endfor %}
    {% if roles.model and roles.benchmark and roles.score %}
        {% do return(long_cells(file, table, roles)) %}
    {% endif %}
    {% if benchmarks_stand_in_rows(file, table) %} {% do return(turned_cells(file, table)) %}
    {% endif %}
    {% set model = roles.model or first_column_of_names(table) %}
    {% if not model %}
        {% do exceptions.raise_compiler_error(
            "var leaderboard: " ~ file.source_file ~ " has no column of models' names; its columns"
            ~ " are " ~ shown_headers(headers) ~ ": name the one that holds them with var"
            ~ " leaderboard_columns, {model: COLUMN}."
        ) %}
    {% endif %}
    {% do return(wide_cells(file, table, model)) %}
{% endmacro %}

{% macro shown_headers(headers) %}
    {% set names = [] %}
    {% for header in headers %} {% do names.append(header or "(blank)") %} {% endfor %}
    {% do return(names | join(", ")) %}
{% endmacro %}

{# Without a column named so, the first one of texts that are all different, and no benchmark. #}
{% macro first_column_of_names(table) %}
    {% set queries = [] %}
    {% for header in table.headers %}
        {% set column = "c" ~ loop.index %}
        {% do queries.append(
            "select " ~ loop.index ~ " as place from " ~ table.relation
            ~ " having count(nullif(trim(" ~ column ~ "), '')) > 0 and count(nullif(trim(" ~ column
            ~ "), '')) = count(distinct nullif(trim(" ~ column ~ "), '')) and 2 * count("
            ~ number_with_thousands(bare_number(column)) ~ ") < count(" ~ column ~ ")"
        ) %}
    {% endfor %}
    {% set places = run_query(
        "select min(place) from (" ~ queries | join(" union all ") ~ ")"
    ).columns[0].values() %}
    {% do return(places[0] | int if places[0] is not none else none) %}
{% endmacro %}
