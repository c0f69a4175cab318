{% macro forget_stale_pool_files(stored, listed) %}
    {% if not execute or load_relation(stored) is none or should_full_refresh() %}
        {% do return("") %}
    {% endif %}
    delete from {{ stored }} as stored
    where not exists (
        select 1 from {{ listed }} as listed
        where listed.source_file = stored.source_file
            and listed.file_fingerprint = stored.file_fingerprint
    )
{% endmacro %}
