{% macro look_at_unread_records(stored) %}
    {{- return(adapter.dispatch("look_at_unread_records", "zebra")(stored)) -}}
{% endmacro %}

{% macro duckdb__look_at_unread_records(stored) %}
    {% if not execute %} {% do return("") %} {% endif %}
    {# Rare: so their files are read once more, instead of every file twice. #}
    {% for source_file in run_query(
        "select distinct source_file from " ~ stored ~ " where is_malformed is null order by 1"
    ).columns[0].values() %}
        update {{ stored }} as stored
        set is_malformed = lines.is_malformed
        from (
            select
                row_number() over () as row_number,
                json is null as is_malformed
            from {{ pool_file_relation(source_file) }}
        ) as lines
        where
            stored.source_file = {{ sql_text(source_file) }}
            and stored.is_malformed is null
            and stored.row_number = lines.row_number;
    {% endfor %}
{% endmacro %}
