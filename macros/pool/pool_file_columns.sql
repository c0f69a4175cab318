{% macro pool_file_columns(source_file) %}
    {{- return(adapter.dispatch("pool_file_columns", "zebra")(source_file)) -}}
{% endmacro %}

{% macro duckdb__pool_file_columns(source_file) %}
    {% set relation = pool_file_relation(source_file) %}
    {% if pool_file_kind(source_file) in ["json", "jsonl"] %}
        {% set query %}
            select
                column_name,
                -- by most of its values: a stray list makes no list of a column of texts
                count(*) filter (value_type = 'ARRAY') * 2 > count(*) filter (value_type <> 'NULL')
                as is_list
            from (
                select
                    column_name,
                    json_type(json_extract(json, column_name)) as value_type
                from (
                    select json, unnest(json_keys(json)) as column_name
                    from (select json from {{ relation }} where json is not null limit 1000)
                )
            )
            -- these would be read as paths, and no shape has such a column
            where left(column_name, 1) not in ('$', '/')
            group by column_name
            order by column_name
        {% endset %}
    {% else %}
        {% set query %}
            select column_name, column_type like '%[]' as is_list
            from (describe select * from {{ relation }})
        {% endset %}
    {% endif %}
    {% set columns = {} %}
    {% for row in run_query(query).rows %} {% do columns.update({row[0]: row[1]}) %} {% endfor %}
    {% do return(columns) %}
{% endmacro %}
