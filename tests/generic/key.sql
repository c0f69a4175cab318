{% test key(model, columns) %}

with

counted as (

    select
        {{ columns | join(", ") }},
        count(*) as n_rows
    from {{ model }}
    group by {{ columns | join(", ") }}

)

select * from counted
where n_rows > 1
{%- for column in columns %} or {{ column }} is null {%- endfor %}

{% endtest %}
