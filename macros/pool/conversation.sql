{% macro conversation(history, prompt) %}
    {{- return(adapter.dispatch("conversation", "zebra")(history, prompt)) -}}
{% endmacro %}

{% macro duckdb__conversation(history, prompt) -%}
    coalesce({{ history }}, []) || [{{ message("'user'", prompt) }}]
{%- endmacro %}
