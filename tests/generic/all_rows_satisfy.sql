{% test all_rows_satisfy(model, conditions) %}
{# As with a check constraint, a condition that is null is met. #}
{% for condition in conditions %}
select
    '{{ condition | replace("'", "''") }}' as broken_condition,
    count(*) as n_rows
from {{ model }}
where not ({{ condition }})
having count(*) > 0
{{ "union all" if not loop.last }}
{% endfor %}
{% endtest %}
