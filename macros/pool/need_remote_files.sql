{% macro need_remote_files(path) %}
    {% do return(adapter.dispatch("need_remote_files", "zebra")(path)) %}
{% endmacro %}

{% macro duckdb__need_remote_files(path) %}
    {% set installed = run_query(
        "select installed from duckdb_extensions() where extension_name = 'httpfs'"
    ).columns[0].values() %}
    {% if installed | length == 0 or not installed[0] %}
        {% do exceptions.raise_compiler_error(
            "var responses_path: " ~ path ~ " needs DuckDB's extension httpfs, which is not"
            ~ " installed: run `python -c \"import duckdb; duckdb.sql('install httpfs')\"` once"
            ~ " where the network allows it, or download the file and name its path."
        ) %}
    {% endif %}
    {% do run_query("load httpfs") %}
{% endmacro %}
