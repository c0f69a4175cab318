{% macro sql_text(text) %}
    {% do return("'" ~ text | replace("'", "''") ~ "'") %}
{% endmacro %}

{% macro json_text(value, key) %}
    {{- return(adapter.dispatch("json_text", "zebra")(value, key)) -}}
{% endmacro %}

{% macro duckdb__json_text(value, key) -%}
    case
        when json_valid({{ value }}) then json_extract_string({{ value }}, '$.{{ key }}')
    end
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
