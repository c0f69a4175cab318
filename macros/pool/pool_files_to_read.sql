{% macro pool_files_to_read(listed, stored) %}
    {# Files of `listed` that `stored` does not hold as they are now. `stored` may be none. #}
    {% if not execute or load_relation(listed) is none %} {% do return([]) %} {% endif %}
    {% set query %}
        select listed.source_file, listed.file_fingerprint
        from {{ listed }} as listed
        {% if stored is not none -%}
        where not exists (
            select 1 from {{ stored }} as stored
            where stored.source_file = listed.source_file
                and stored.file_fingerprint = listed.file_fingerprint
        )
        {%- endif %}
        order by listed.source_file
    {% endset %}
    {% do return(run_query(query).rows) %}
{% endmacro %}
