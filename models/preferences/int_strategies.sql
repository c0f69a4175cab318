{% for name, strategy in configured_strategies().items() %}
select
    '{{ name }}' as strategy,
    {{ pairs_wanted(strategy) }} as pairs_wanted,
    {{ 'true' if strategy.get('draw') else 'false' }} as draws,
    cast({{ strategy.get('max_length_ratio') or 'null' }} as double) as max_length_ratio,
    cast({{ strategy.get('max_model_share') or 'null' }} as double) as max_model_share,
    {{ 'true' if may_take_any_pair(strategy) else 'false' }} as may_take_any,
    {{ sql_text(tojson(strategy)) }} as definition
{{ "union all" if not loop.last }}
{%- endfor %}
