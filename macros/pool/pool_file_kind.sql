{% macro pool_file_kind(source_file) %}
    {% if source_file == "sample_responses" %} {% do return("sample") %} {% endif %}
    {% set name = modules.re.sub("\\.(gz|zst)$", "", source_file | lower) %}
    {% set ending = name.split(".")[-1] %}
    {% if ending in ["jsonl", "ndjson"] %} {% do return("jsonl") %}
    {% elif ending in ["json", "csv", "tsv", "parquet"] %} {% do return(ending) %}
    {% endif %}
    {% do exceptions.raise_compiler_error(
        "var responses_path: " ~ source_file ~ " has no ending that ZEBRA reads; those are "
        ~ ".jsonl, .ndjson, .json, .csv, .tsv and .parquet, also followed by .gz or .zst."
    ) %}
{% endmacro %}
