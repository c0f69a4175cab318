{# What must hold of a relation's rows, in one query: keys (each the columns that tell rows apart,
   as "a, b") hold no null and come once; conditions hold, a null counting as met, as with a check
   constraint; the values of a column under references are found in the relation named there. #}
{% test rows(model, keys=[], conditions=[], references={}) %}

with

broken_rules as (
{% for key in keys %}
    select
        'key {{ key }}' as rule,
        count(*) as n_broken
    from (
        select {{ key }}
        from {{ model }}
        group by {{ key }}
        having count(*) > 1 or {{ key.split(", ") | join(" is null or ") }} is null
    ) as wrong_keys
    union all
{% endfor -%}
{% for condition in conditions %}
    select
        {{ sql_text(condition) }} as rule,
        count(*) as n_broken
    from {{ model }}
    where not ({{ condition }})
    union all
{% endfor -%}
{% for column, parent in references.items() %}
    select
        '{{ column }} is found in {{ parent.to.identifier }}' as rule,
        count(*) as n_broken
    from (
        select {{ column }} as value from {{ model }}
        where {{ column }} is not null
    ) as children
    anti join {{ parent.to }} as parents on children.value = parents.{{ parent.field }}
    union all
{% endfor %}
    select
        'no rule' as rule,
        0 as n_broken

)

select * from broken_rules
where n_broken > 0

{% endtest %}
