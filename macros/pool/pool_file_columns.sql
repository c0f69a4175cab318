{% macro pool_file_columns(source_file) %}
    {{- return(adapter.dispatch("pool_file_columns", "zebra")(source_file)) -}}
{% endmacro %}

{% macro duckdb__pool_file_columns(source_file) %}
    {% set relation = pool_file_relation(source_file) %}
    {% if pool_file_kind(source_file) in ["json", "jsonl"] %}
        {% set query %}
            select distinct unnest(json_keys(json)) as column_name
            from (select json from {{ relation }} where json is not null limit 1000)
            order by column_name
        {% endset %}
    {% else %}
        {% set query %}
            select column_name from (describe select * from {{ relation }})
        {% endset %}
    {% endif %}
    {% do return(run_query(query).columns[0].values() | list) %}
{% endmacro %}
