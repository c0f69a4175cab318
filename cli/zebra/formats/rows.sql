-- any relation: its own columns, as they are
select *
from $relation
order by $rows_order
