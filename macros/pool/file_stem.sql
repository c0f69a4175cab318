{% macro file_stem(source_file) %}
    {% set name = modules.re.split("[/\\\\]", source_file)[-1] %}
    {% do return(
        modules.re.sub("\\.(jsonl|ndjson|json|csv|tsv|parquet)(\\.(gz|zst))?$", "", name)
    ) %}
{% endmacro %}
