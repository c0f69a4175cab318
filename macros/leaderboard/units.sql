{% macro lowest_plausible(unit, chance) %}
    {{- return(adapter.dispatch("lowest_plausible", "zebra")(unit, chance)) -}}
{% endmacro %}

{% macro default__lowest_plausible(unit, chance) -%}
    case
        when {{ unit }} = 'elo' then 100
        when {{ unit }} = 'points' and {{ chance }} is null then -1e300
        else 0
    end
{%- endmacro %}

{% macro highest_plausible(unit, chance, ceiling) %}
    {{- return(adapter.dispatch("highest_plausible", "zebra")(unit, chance, ceiling)) -}}
{% endmacro %}

{% macro default__highest_plausible(unit, chance, ceiling) -%}
    case
        when {{ unit }} = 'elo' then 5000
        -- greatest passes over nulls
        else coalesce(
            greatest({{ ceiling }}, {{ chance }}),
            case {{ unit }} when 'percent' then 100 when 'fraction' then 1 else 1e300 end
        )
    end
{%- endmacro %}

{# A number of a column as a figure in its benchmark's unit; one that is in it stays as it is. #}
{% macro figure_in_unit() %}
    {{- return(adapter.dispatch("figure_in_unit", "zebra")()) -}}
{% endmacro %}

{% macro default__figure_in_unit() -%}
    case
        when is_rescaled
            then round(
                chance + (ceiling - chance) * number
                / case when unit_found = 'fraction' and not has_percent_sign then 1 else 100 end,
                10
            )
        when unit = 'fraction' and (has_percent_sign or unit_found = 'percent')
            then round(number / 100, 12)
        when unit = 'percent' and unit_found = 'fraction' and not has_percent_sign
            then round(number * 100, 10)
        when unit not in ('percent', 'fraction') and unit_found = 'fraction'
            then round(number * ceiling, 10)
        when unit not in ('percent', 'fraction') and unit_found = 'percent'
            then round(number * ceiling / 100, 10)
        else number
    end
{%- endmacro %}

{% macro order_of_duplicates() -%}
    {%- set choice = var("duplicate_scores") -%}
    {{ "score desc, " if choice == "highest" else "score, " if choice == "lowest" -}}
    file_number, row_number, source_file, score
{%- endmacro %}

{% macro given_units() -%}
    {%- set rows = [] -%}
    {%- for benchmark, unit in var("leaderboard_units").items() -%}
        {%- do rows.append("(" ~ sql_text(benchmark) ~ ", " ~ sql_text(unit) ~ ")") -%}
    {%- endfor -%}
    select
        names.benchmark,
        given.unit
    from (values {{ rows | join(", ") or "(null, null)" }}) as given (name, unit)
    inner join names on {{ benchmark_name_key("given.name") }} = names.name_key
{%- endmacro %}
