{% macro unnested_candidates(candidates) %}
    {{- return(adapter.dispatch("unnested_candidates", "zebra")(candidates)) -}}
{% endmacro %}

{% macro duckdb__unnested_candidates(candidates) -%}
    {#- A record without candidates still gives a row, so that it can be reported. -#}
    unnest(case when len({{ candidates }}) > 0 then {{ candidates }} else [null] end) as candidate,
            generate_subscripts(
                case when len({{ candidates }}) > 0 then {{ candidates }} else [null] end, 1
            ) as candidate_number
{%- endmacro %}
