{# dbt compares types by their names, and Spark has an int where the contract has a bigint: there
   columns are cast to what the contract says. DuckDB's build shows that it is what they are. #}
{% macro spark__get_assert_columns_equivalent(sql) %} {% do return("") %} {% endmacro %}

{% macro spark__get_select_subquery(sql) -%}
    select
        {%- for column in model.columns.values() %}
        cast({{ adapter.quote(column.name) }} as {{ spark_type(column.data_type) }})
            as {{ adapter.quote(column.name) }}{{ "," if not loop.last }}
        {%- endfor %}
    from (
        {{ sql }}
    ) as model_rows
{%- endmacro %}

{% macro spark_type(data_type) %}
    {% if data_type.endswith("[]") %}
        {% do return("array<" ~ spark_type(data_type[:-2]) ~ ">") %}
    {% elif data_type.startswith("struct(") %}
        {% do return(
            "struct<" ~ modules.re.sub("(\\w+) (\\w+)", "\\1: \\2", data_type[7:-1]) ~ ">"
        ) %}
    {% endif %}
    {% do return(data_type) %}
{% endmacro %}

{% macro spark__create_view_as(relation, sql) -%}
    {%- set is_contract = config.get("contract").enforced -%}
    create or replace view {{ relation }}
    {%- if is_contract %}
    (
        {%- for column in model.columns.values() %}
        {{ get_column_comment_sql(column.name, model.columns) }}{{ "," if not loop.last }}
        {%- endfor %}
    )
    {%- endif %}
    {{ comment_clause() }}
    as
    {{ get_select_subquery(sql) if is_contract else sql }}
{%- endmacro %}

{# dbt-spark's own takes an apostrophe for the end of a text, and a blank cell for none. #}
{% macro spark__load_csv_rows(model, agate_table) %}
    {% set sql %}
        insert into {{ this }}
        select * from {{ csv_file(model.root_path ~ "/" ~ model.original_file_path) }}
    {% endset %}
    {% do adapter.add_query(sql) %}
    {% do return(sql) %}
{% endmacro %}
