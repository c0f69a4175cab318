{% macro duckdb__get_assert_columns_equivalent(sql) -%}
    {%- set columns = "select column_name, column_type from (describe (" -%}
    {%- set query = get_empty_subquery_sql(sql) -%}
    {%- set contract = get_empty_schema_sql(model.columns) -%}
    {%- set only_one_has = run_query(
        "(" ~ columns ~ query ~ ")) except " ~ columns ~ contract ~ "))) union all ("
        ~ columns ~ contract ~ ")) except " ~ columns ~ query ~ ")))"
    ) -%}
    {%- if only_one_has | length -%}
        {{ assert_columns_equivalent(sql) }}
    {%- endif -%}
{%- endmacro %}
