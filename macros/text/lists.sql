{% macro list_of() %} {{- return(adapter.dispatch("list_of", "zebra")(*varargs)) -}} {% endmacro %}

{% macro duckdb__list_of() -%} [{{ varargs | join(", ") }}] {%- endmacro %}

{% macro spark__list_of() -%} array({{ varargs | join(", ") }}) {%- endmacro %}

{% macro list_of_each(items, expression) %}
    {{- return(adapter.dispatch("list_of_each", "zebra")(items, expression)) -}}
{% endmacro %}

{% macro duckdb__list_of_each(items, expression) -%}
    list_transform({{ items }}, lambda item: {{ expression }})
{%- endmacro %}

{% macro spark__list_of_each(items, expression) -%}
    transform({{ items }}, item -> {{ expression }})
{%- endmacro %}

{% macro lists_in_one(first, second) %}
    {{- return(adapter.dispatch("lists_in_one", "zebra")(first, second)) -}}
{% endmacro %}

{% macro duckdb__lists_in_one(first, second) -%}
    list_concat({{ first }}, {{ second }})
{%- endmacro %}

{% macro spark__lists_in_one(first, second) -%}
    concat({{ first }}, {{ second }})
{%- endmacro %}

{% macro list_length(items) %}
    {{- return(adapter.dispatch("list_length", "zebra")(items)) -}}
{% endmacro %}

{% macro duckdb__list_length(items) -%} len({{ items }}) {%- endmacro %}

{% macro spark__list_length(items) -%} array_size({{ items }}) {%- endmacro %}

{% macro joined_list(items, separator) %}
    {{- return(adapter.dispatch("joined_list", "zebra")(items, separator)) -}}
{% endmacro %}

{% macro duckdb__joined_list(items, separator) -%}
    array_to_string({{ items }}, {{ separator }})
{%- endmacro %}

{% macro spark__joined_list(items, separator) -%}
    array_join({{ items }}, {{ separator }})
{%- endmacro %}

{% macro texts_in_order(text, separator, order_by) %}
    {{- return(adapter.dispatch("texts_in_order", "zebra")(text, separator, order_by)) -}}
{% endmacro %}

{% macro duckdb__texts_in_order(text, separator, order_by) -%}
    string_agg({{ text }}, {{ separator }} order by {{ order_by }})
{%- endmacro %}

{% macro spark__texts_in_order(text, separator, order_by) -%}
    listagg({{ text }}, {{ separator }}) within group (order by {{ order_by }})
{%- endmacro %}

{% macro first_texts(text, place, condition, number) %}
    {{- return(adapter.dispatch("first_texts", "zebra")(text, place, condition, number)) -}}
{% endmacro %}

{% macro duckdb__first_texts(text, place, condition, number) -%}
    array_to_string(
        (
            array_agg({{ text }} order by {{ place }}, {{ text }}) filter (where {{ condition }})
        )[:{{ number }}],
        ', '
    )
{%- endmacro %}

{% macro spark__first_texts(text, place, condition, number) -%}
    array_join(
        transform(
            slice(
                array_sort(
                    array_agg(named_struct('place', {{ place }}, 'text', {{ text }}))
                        filter (where {{ condition }})
                ),
                1,
                {{ number }}
            ),
            item -> item.text
        ),
        ', '
    )
{%- endmacro %}

{% macro sorted_list(value) %}
    {{- return(adapter.dispatch("sorted_list", "zebra")(value)) -}}
{% endmacro %}

{% macro default__sorted_list(value) -%} array_sort(array_agg({{ value }})) {%- endmacro %}
