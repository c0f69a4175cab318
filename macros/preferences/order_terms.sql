{% macro order_terms(order_by) %}
    {% set terms = [] %}
    {% for term in ([order_by] if order_by is string else order_by) %}
        {% do terms.append(term ~ ("" if "nulls" in term | lower else " nulls last")) %}
    {% endfor %}
    {# The models' names last, so that no two pairs are ever level. #}
    {% do return((terms + ["chosen_model", "rejected_model"]) | join(", ")) %}
{% endmacro %}
