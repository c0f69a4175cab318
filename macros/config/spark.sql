{# What Spark does not do is said in one sentence where it is asked for. #}
{% macro only_on_duckdb(what, instead) %}
    {% if execute %}
        {% do exceptions.raise_compiler_error(
            what ~ " is for DuckDB alone, and this is Spark: " ~ instead ~ ", or build with"
            ~ " --target dev."
        ) %}
    {% endif %}
    {% do return("") %}
{% endmacro %}

{% macro spark__check_model_share(of) %}
    {% do only_on_duckdb(
        of ~ "max_model_share", "leave that setting out of the strategy"
    ) %}
{% endmacro %}

{% macro spark__engine_version() -%} split_part(version(), ' ', 1) {%- endmacro %}

{# Parquet has no delete: of earlier builds nothing is kept. #}
{% macro spark__forget_builds_of(relations) %}
    {% do run_query("drop table if exists " ~ _builds()) %}
    create table {{ _builds() }} (
        relation string,
        project_version string,
        dbt_version string,
        engine string,
        settings string
    ) using parquet
{% endmacro %}

{% macro spark__volatile_functions(text) %}
    {% set volatile = [
        "current_date", "current_timestamp", "localtimestamp", "monotonically_increasing_id",
        "now", "rand", "randn", "random", "randstr", "shuffle", "spark_partition_id", "uniform",
        "unix_timestamp", "uuid",
    ] %}
    {% do return(
        modules.re.findall("([a-z_]\\w*)\\s*\\(", text | lower) | select("in", volatile)
        | unique | sort
    ) %}
{% endmacro %}

{# Spark stops by itself where a path has no file, and says which. #}
{% macro spark__path_with_files(name, path) %}
    {% if "://" in path %} {% do need_remote_files(name, path) %} {% endif %}
    {% do return(path) %}
{% endmacro %}

{% macro spark__need_remote_files(name, path) %} {% do return("") %} {% endmacro %}

{# Called as the path calls them: Spark makes it an absolute address. #}
{% macro spark__files_at(path) -%}
    {%- set shown = "path" -%}
    {%- if "://" not in path -%}
        {%- set shown = "regexp_replace(path, '^file:/*', '/')" if path.startswith("/")
            else "substring_index(path, '/', " ~ (-1 - path.count("/")) ~ ")" -%}
    {%- endif -%}
    select
        {{ shown }} as source_file,
        length as size_bytes,
        modificationTime as modified_at
    from binaryFile.`{{ path }}`
{%- endmacro %}

{# In the order of the rows of a file, which Spark keeps; not dense in a large one. #}
{% macro place_of_row() %} {{- return(adapter.dispatch("place_of_row", "zebra")()) -}} {% endmacro %}

{% macro duckdb__place_of_row() -%} row_number() over () {%- endmacro %}

{% macro spark__place_of_row() -%} monotonically_increasing_id() + 1 {%- endmacro %}

{# Rows of a CSV file, all of them text. One that has not as many cells as the first stops it. #}
{% macro csv_file(path, separator=",", escape='"') -%}
    csv.`{{ path }}` with (
        'header' = 'true', 'multiLine' = 'true', 'mode' = 'FAILFAST', 'quote' = '"',
        'sep' = {{ sql_text(separator) }}, 'escape' = {{ sql_text(escape) }}
    )
{%- endmacro %}

{% macro excluding(columns) %}
    {{- return(adapter.dispatch("excluding", "zebra")(columns)) -}}
{% endmacro %}

{% macro duckdb__excluding(columns) -%} exclude ({{ columns }}) {%- endmacro %}

{% macro spark__excluding(columns) -%} except ({{ columns }}) {%- endmacro %}
