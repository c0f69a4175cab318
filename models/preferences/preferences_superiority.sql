{{ config(materialized='view') }}

select * from {{ ref('preferences') }}
where strategy = 'superiority'
