{% macro sql_text(text) %} {{- return(adapter.dispatch("sql_text", "zebra")(text)) -}} {% endmacro %}

{% macro default__sql_text(text) %}
    {% do return("'" ~ text | replace("'", "''") ~ "'") %}
{% endmacro %}

{# To Spark a backslash begins an escape. #}
{% macro spark__sql_text(text) %}
    {% do return(default__sql_text(text | replace("\\", "\\\\"))) %}
{% endmacro %}

{# In small letters, a character for each: two capitals are others' lower by themselves in Spark. #}
{% macro lowered(text) %} {{- return(adapter.dispatch("lowered", "zebra")(text)) -}} {% endmacro %}

{% macro duckdb__lowered(text) -%} lower({{ text }}) {%- endmacro %}

{% macro spark__lowered(text) -%} lower(translate({{ text }}, 'İΣ', 'iσ')) {%- endmacro %}

{# Patterns are such as RE2 and Java read alike. #}
{% macro has_pattern(text, pattern) %}
    {{- return(adapter.dispatch("has_pattern", "zebra")(text, pattern)) -}}
{% endmacro %}

{% macro duckdb__has_pattern(text, pattern) -%}
    regexp_matches({{ text }}, {{ sql_text(pattern) }})
{%- endmacro %}

{% macro spark__has_pattern(text, pattern) -%}
    regexp({{ text }}, {{ sql_text(pattern) }})
{%- endmacro %}

{% macro is_pattern(text, pattern) %}
    {{- return(adapter.dispatch("is_pattern", "zebra")(text, pattern)) -}}
{% endmacro %}

{% macro duckdb__is_pattern(text, pattern) -%}
    regexp_full_match({{ text }}, {{ sql_text(pattern) }})
{%- endmacro %}

{% macro spark__is_pattern(text, pattern) -%}
    regexp({{ text }}, {{ sql_text("\\A(?:" ~ pattern ~ ")\\z") }})
{%- endmacro %}

{% macro with_replaced(text, pattern, replacement) %}
    {{- return(adapter.dispatch("with_replaced", "zebra")(text, pattern, replacement)) -}}
{% endmacro %}

{% macro duckdb__with_replaced(text, pattern, replacement) -%}
    regexp_replace({{ text }}, {{ sql_text(pattern) }}, {{ sql_text(replacement) }}, 'g')
{%- endmacro %}

{% macro spark__with_replaced(text, pattern, replacement) -%}
    regexp_replace(
        {{ text }}, {{ sql_text(pattern) }}, {{ sql_text(replacement | replace("\\1", "$1")) }}
    )
{%- endmacro %}

{% macro number_of(text) %} {{- return(adapter.dispatch("number_of", "zebra")(text)) -}} {% endmacro %}

{% macro duckdb__number_of(text) -%} try_cast({{ text }} as double) {%- endmacro %}

{% macro spark__number_of(text) -%}
    {#- DuckDB reads 1_000 and not 1d, Spark the other way round. -#}
    case
        when not {{ has_pattern(text, "[dDfF]\\s*$") }}
            then try_cast({{ with_replaced(text, "(?<=\\d)_(?=\\d)", "") }} as double)
    end
{%- endmacro %}

{% macro json_text(value, key) %}
    {{- return(adapter.dispatch("json_text", "zebra")(value, key)) -}}
{% endmacro %}

{% macro duckdb__json_text(value, key) -%}
    case
        when json_valid({{ value }}) then json_extract_string({{ value }}, '$.{{ key }}')
    end
{%- endmacro %}

{% macro spark__json_text(value, key) -%}
    get_json_object({{ value }}, '$.{{ key }}')
{%- endmacro %}

{% macro refuses(response, phrases) %}
    {{- return(adapter.dispatch("refuses", "zebra")(response, phrases)) -}}
{% endmacro %}

{% macro duckdb__refuses(response, phrases) -%}
    {#- One pattern of all phrases, so that a response is looked at once; either apostrophe fits.
        Beside a phrase stands no letter or digit: "as an aid" is not "as an ai". Not \b, which also
        asks for one inside: a phrase that ends in a comma, or is not in Latin letters, has none.
    -#}
    {%- set patterns = [] -%}
    {%- if execute -%}
        {%- for phrase in run_query(
            "select regexp_escape(replace(lower(trim(phrase)), '’', '''')) from " ~ phrases
            ~ " where trim(phrase) <> '' order by phrase"
        ).columns[0].values() -%}
            {%- do patterns.append(phrase | replace("\\'", "['’]")) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if patterns -%}
        regexp_matches(
            lower(left({{ response }}, 160)),
            {{ sql_text("(^|\\W)(" ~ patterns | join("|") ~ ")(\\W|$)") }}
        )
    {%- else -%} false
    {%- endif -%}
{%- endmacro %}

{% macro spark__refuses(response, phrases) -%}
    {%- set patterns = [] -%}
    {%- if execute -%}
        {%- for phrase in run_query(
            "select replace(lower(trim(phrase)), '’', chr(39)) from " ~ phrases
            ~ " where trim(phrase) <> '' order by phrase"
        ).columns[0].values() -%}
            {%- do patterns.append(modules.re.escape(phrase) | replace("'", "['’]")) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if patterns -%}
        {{ has_pattern(
            lowered("left(" ~ response ~ ", 160)"),
            "(^|\\W)(" ~ patterns | join("|") ~ ")(\\W|$)",
        ) }}
    {%- else -%} false
    {%- endif -%}
{%- endmacro %}
