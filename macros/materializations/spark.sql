{# Spark keeps nothing of an earlier build: the pool is read whole. #}
{% macro pool_materialization() %}
    {{- return(adapter.dispatch("pool_materialization", "zebra")()) -}}
{% endmacro %}

{% macro duckdb__pool_materialization() %} {% do return("incremental") %} {% endmacro %}

{% macro spark__pool_materialization() %} {% do return("table") %} {% endmacro %}

{# Of a view that is read many times over Spark plans each, which takes longer than a table. #}
{% macro planned_view() %} {{- return(adapter.dispatch("planned_view", "zebra")()) -}} {% endmacro %}

{% macro duckdb__planned_view() %} {% do return("view") %} {% endmacro %}

{% macro spark__planned_view() %} {% do return("table") %} {% endmacro %}

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

{# dbt-spark's own writes the lists of unit tests as Python prints them. #}
{% macro spark__safe_cast(field, type) -%}
    {%- if field is iterable and field is not string -%}
        from_json({{ sql_text(tojson(field)) }}, {{ sql_text(type) }})
    {%- else -%} cast({{ field }} as {{ type }})
    {%- endif -%}
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

{# dbt run-operation show_spark_tables: what Spark wrote, as views of a DuckDB database. Integers and
   decimals are of the types that DuckDB's own build has. #}
{% macro show_spark_tables(folder) %}
    {% set names = [_builds().identifier] %}
    {% for node in graph.nodes.values()
        if node.resource_type == "seed"
        or (node.resource_type == "model" and node.config.materialized != "view") %}
        {% do names.append(node.alias) %}
    {% endfor %}
    {% for name in names %}
        {% set files = "read_parquet(" ~ sql_text(folder ~ "/" ~ name ~ "/*.parquet") ~ ")" %}
        {% set columns = [] %}
        {% for column in run_query(
            "select column_name, column_type from (describe select * from " ~ files ~ ")"
        ).rows %}
            {% set type = "bigint" if column[1] == "INTEGER"
                else "double" if column[1].startswith("DECIMAL") else column[1] %}
            {% do columns.append(
                "cast(" ~ adapter.quote(column[0]) ~ " as " ~ type ~ ") as "
                ~ adapter.quote(column[0])
            ) %}
        {% endfor %}
        {% do run_query(
            "create or replace " ~ ("table " if name == _builds().identifier else "view ")
            ~ target.schema ~ "." ~ name ~ " as select " ~ columns | join(", ") ~ " from " ~ files
        ) %}
    {% endfor %}
{% endmacro %}
