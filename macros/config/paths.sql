{% macro paths_of(name) %}
    {% do _check_paths(name) %}
    {% set paths = var(name) %}
    {% do return([] if paths is none else [paths] if paths is string else paths) %}
{% endmacro %}

{% macro file_name(path) %} {% do return(modules.re.split("[/\\\\]", path)[-1]) %} {% endmacro %}

{% macro path_with_files(name, path) %}
    {% do return(adapter.dispatch("path_with_files", "zebra")(name, path)) %}
{% endmacro %}

{% macro duckdb__path_with_files(name, path) %}
    {% if not execute %} {% do return(path) %} {% endif %}
    {% if "://" in path %} {% do need_remote_files(name, path) %} {% endif %}
    {# A bracket is nearly always one of the name; else it is a class of characters. #}
    {% for spelling in [path | replace("[", "[[]"), path] | unique %}
        {% if run_query("select 1 from glob(" ~ sql_text(spelling) ~ ") limit 1") | length > 0 %}
            {% do return(spelling) %}
        {% endif %}
    {% endfor %}
    {% do exceptions.raise_compiler_error(
        "var " ~ name ~ ": no file at " ~ path ~ " (seen from the folder dbt runs in)."
    ) %}
{% endmacro %}

{# DuckDB 1.5 puts ./ before what a glob in the working folder finds, 2.0 does not. #}
{% macro found_path(path) -%}
    case when {{ path }} like './%' then substr({{ path }}, 3) else {{ path }} end
{%- endmacro %}

{% macro need_remote_files(name, path) %}
    {% do return(adapter.dispatch("need_remote_files", "zebra")(name, path)) %}
{% endmacro %}

{% macro duckdb__need_remote_files(name, path) %}
    {% if path.startswith(("http://", "https://")) and "*" in path %}
        {% do exceptions.raise_compiler_error(
            "var " ~ name ~ ": " ~ path ~ " holds a wildcard, and a web server lists no files:"
            ~ " name each file, as a list."
        ) %}
    {% endif %}
    {% set installed = run_query(
        "select installed from duckdb_extensions() where extension_name = 'httpfs'"
    ).columns[0].values() %}
    {% if installed | length == 0 or not installed[0] %}
        {% do exceptions.raise_compiler_error(
            "var " ~ name ~ ": " ~ path ~ " needs DuckDB's extension httpfs, which is not"
            ~ " installed: run `pip install '.[remote]'` in the project's folder, which brings it"
            ~ " with the DuckDB that it goes with, or download the file and name its path."
        ) %}
    {% endif %}
    {% do run_query("load httpfs") %}
{% endmacro %}

{% macro files_at(path) %} {{- return(adapter.dispatch("files_at", "zebra")(path)) -}} {% endmacro %}

{# No file is opened for this. #}
{% macro duckdb__files_at(path) -%}
    select
        {{ found_path("filename") }} as source_file,
        size as size_bytes,
        last_modified as modified_at
    from read_blob({{ sql_text(path) }})
{%- endmacro %}
