{{ config(materialized='view') }}

select * from {{ ref('preferences') }}
where strategy = 'spread'
