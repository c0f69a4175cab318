{% macro pool_questions(source_file, name) %}
    {{- return(adapter.dispatch("pool_questions", "zebra")(source_file, name)) -}}
{% endmacro %}

{% macro duckdb__pool_questions(source_file, name) -%}
    {%- set parts = modules.re.split("[/\\\\]", source_file)[:-1] -%}
    {%- set places = [
        (parts + [name]) | join("/"),
        (parts[:-1] + [name]) | join("/") if parts else "../" ~ name,
    ] -%}
    {%- set found = [] -%}
    {%- for place in places -%}
        {%- if run_query("select 1 from glob(" ~ sql_text(place) ~ ") limit 1") | length > 0 -%}
            {%- do found.append(place) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not found -%}
        {%- do exceptions.raise_compiler_error(
            "var responses_path: " ~ source_file ~ " has answers to questions that stand in "
            ~ name ~ ", which is neither in its folder nor in the one above; put it there."
        ) -%}
    {%- endif -%}
    select
        cast(question_id as string) as asked_question_id,
        any_value(turns) as question_turns
    from read_json(
        {{ sql_text(found[0]) }}, format = 'newline_delimited',
        columns = {{ "{question_id: 'varchar', turns: 'varchar[]'}" }}
    )
    group by asked_question_id
{%- endmacro %}
