select * from {{ ref('int_instance_preferences') }}
where strategy = 'instance_best_worst'
