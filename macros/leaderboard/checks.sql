{% macro _check_leaderboard_columns() %}
    {% set value = var("leaderboard_columns") %}
    {% set allowed = "a mapping from benchmarks, or from model, to the names of columns" %}
    {% if value is not mapping %} {% do _refuse_var("leaderboard_columns", value, allowed) %}
    {% endif %}
    {% for name, column in value.items() if name is not string or column is not string %}
        {% do _refuse_var("leaderboard_columns", value, allowed) %}
    {% endfor %}
{% endmacro %}

{% macro _check_leaderboard_units() %}
    {% set value = var("leaderboard_units") %}
    {% set units = ["percent", "fraction", "points", "rescaled"] %}
    {% set allowed = "a mapping from benchmarks to " ~ units | join(", ") %}
    {% if value is not mapping %} {% do _refuse_var("leaderboard_units", value, allowed) %}
    {% endif %}
    {% for name, unit in value.items() if name is not string or unit not in units %}
        {% do _refuse_var("leaderboard_units", value, allowed) %}
    {% endfor %}
{% endmacro %}

{# What these two vars name and no file or seed has, as leaderboard_problems has problems. #}
{% macro settings_without_object() -%}
    {%- set rows = [] -%}
    {%- set is_used = var("leaderboard") is not none -%}
    {%- for name, column in var("leaderboard_columns").items() if is_used -%}
        {%- if name not in leaderboard_roles() -%}
            {%- do rows.append(
                "('leaderboard_columns', " ~ sql_text(name) ~ ", " ~ sql_text(column) ~ ")"
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for name in var("leaderboard_units") if is_used -%}
        {%- do rows.append("('leaderboard_units', " ~ sql_text(name) ~ ", null)") -%}
    {%- endfor -%}
    select
        'dbt_project.yml' as source_file,
        'unknown_name' as problem,
        'var ' || given.setting || ' names ' || case
            when names.name_key is null
                then 'a benchmark ' || given.name || ', which seeds/benchmarks.csv does not have'
            else 'a column ' || given.column_name || ', which no file has'
        end as detail
    from (
        values {{ rows | join(", ") or "(null, null, null)" }}
    ) as given (setting, name, column_name)
    left join {{ ref("stg_benchmark_names") }} as names
        on {{ benchmark_name_key("given.name") }} = names.name_key
    where
        given.setting is not null
        and (
            names.name_key is null
            or {{ benchmark_name_key("given.column_name") }} not in (
                select {{ benchmark_name_key("column_name") }}
                from {{ ref("stg_leaderboard_columns") }}
            )
        )
{%- endmacro %}

{# Columns that var leaderboard_columns names for models, benchmarks or scores have to be there. #}
{% macro check_roles_are_there(headers) %}
    {% for role, column in var("leaderboard_columns").items() if role in leaderboard_roles() %}
        {% if folded_header(column) not in headers %}
            {% do exceptions.raise_compiler_error(
                "var leaderboard_columns names a column " ~ column ~ " for " ~ role
                ~ ", which no file has; their columns are " ~ headers | join(", ") ~ "."
            ) %}
        {% endif %}
    {% endfor %}
{% endmacro %}
