-- The relation's own columns.
select *
from $relation
order by $rows_order
