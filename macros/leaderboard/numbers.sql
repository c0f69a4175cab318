{% macro bare_number(text) %}
    {{- return(adapter.dispatch("bare_number", "zebra")(text)) -}}
{% endmacro %}

{% macro default__bare_number(text) -%}
    {#- Without blanks, % sign, what an error may be (±1.1), footnote signs and bold type. -#}
    {%- set bare = "trim(" ~ with_replaced(text, "[\\s\\x{00A0}\\x{202F}]+", " ") ~ ")" -%}
    {%- set bare = with_replaced(
        bare,
        "^[*]+| ?\\(?(?:±|\\+ ?/? ?[-−]) ?[\\d.,]+ ?%?\\)?|[ *†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰]+$",
        "",
    ) -%}
    {%- set bare = with_replaced(bare, " ?[%％] ?$", "") -%}
    {{ with_replaced(bare, "^[−–‒‑] ?([\\d.,])", "-\\1") }}
{%- endmacro %}

{% macro is_missing_figure(bare) %}
    {{- return(adapter.dispatch("is_missing_figure", "zebra")(bare)) -}}
{% endmacro %}

{% macro default__is_missing_figure(bare) -%}
    coalesce(lower({{ bare }}), '') in (
        '', '-', '–', '—', '−', '--', '/', '?', 'n/a', 'n.a.', 'na', '#n/a', 'nan', 'none', 'null',
        'nil', 'missing', 'tbd', 'unknown', '...', '…'
    )
{%- endmacro %}

{% macro number_with_thousands(bare) %}
    {{- return(adapter.dispatch("number_with_thousands", "zebra")(bare)) -}}
{% endmacro %}

{% macro default__number_with_thousands(bare) -%}
    {#- Read as 1,234.5 is in English; a number without a comma is read by this too. -#}
    case
        when {{ is_pattern(bare, "[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?") }}
            then try_cast({{ bare }} as double)
        when {{ is_pattern(bare, "[-+]?\\d{1,3}(,\\d{3})+(\\.\\d+)?") }}
            then try_cast(replace({{ bare }}, ',', '') as double)
    end
{%- endmacro %}

{% macro number_with_decimal_comma(bare) %}
    {{- return(adapter.dispatch("number_with_decimal_comma", "zebra")(bare)) -}}
{% endmacro %}

{% macro default__number_with_decimal_comma(bare) -%}
    {#- Read as 1.234,5 is in French. -#}
    case
        when {{ is_pattern(bare, "[-+]?(\\d*,)?\\d+") }}
            then try_cast(replace({{ bare }}, ',', '.') as double)
        when {{ is_pattern(bare, "[-+]?\\d{1,3}(\\.\\d{3})+(,\\d+)?") }}
            then try_cast(replace(replace({{ bare }}, '.', ''), ',', '.') as double)
    end
{%- endmacro %}

{% macro is_decorated_figure(text) %}
    {{- return(adapter.dispatch("is_decorated_figure", "zebra")(text)) -}}
{% endmacro %}

{% macro default__is_decorated_figure(text) -%}
    {{ has_pattern(
        "coalesce(" ~ text ~ ", '')",
        "\\d.*(±|\\+ ?/? ?[-−]|[†‡§¶¹²³⁴⁵⁶⁷⁸⁹⁰])|\\d%? ?[*]$",
    ) }}
{%- endmacro %}

{% macro number_in_column(cells="figures", columns="decimal_signs") %}
    {{- return(adapter.dispatch("number_in_column", "zebra")(cells, columns)) -}}
{% endmacro %}

{% macro default__number_in_column(cells, columns) -%}
    case
        when {{ columns }}.decimal_sign = 'comma' then {{ cells }}.number_with_decimal_comma
        else {{ cells }}.number_with_thousands
    end
{%- endmacro %}
