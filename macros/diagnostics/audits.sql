{% macro audit_key(response_id, other_response_id) %}
    {{- return(adapter.dispatch("audit_key", "zebra")(response_id, other_response_id)) -}}
{% endmacro %}

{% macro default__audit_key(response_id, other_response_id) -%}
    {#- Which one is a is drawn by both of them, and so does not tell which is chosen. -#}
    {%- set first = "least(" ~ response_id ~ ", " ~ other_response_id ~ ")" -%}
    {%- set second = "greatest(" ~ response_id ~ ", " ~ other_response_id ~ ")" -%}
    case
        when mod({{ hash_number("'side' || " ~ first ~ " || " ~ second) }}, 2) = 0
            then {{ first }} || '-' || {{ second }}
        else {{ second }} || '-' || {{ first }}
    end
{%- endmacro %}

{% macro conversation_text(messages) %}
    {{- return(adapter.dispatch("conversation_text", "zebra")(messages)) -}}
{% endmacro %}

{% macro duckdb__conversation_text(messages) -%}
    case
        when len({{ messages }}) = 1 then {{ messages }}[1].content
        else {{ joined_list(
            list_of_each(messages, "item.role || ': ' || coalesce(item.content, '')"),
            "chr(10) || chr(10)",
        ) }}
    end
{%- endmacro %}

{% macro spreadsheet_text(text) %}
    {{- return(adapter.dispatch("spreadsheet_text", "zebra")(text)) -}}
{% endmacro %}

{% macro default__spreadsheet_text(text) -%}
    {#- Signs of formulas, as wide characters too; a program may trim a text before it looks. -#}
    {%- set signs = "left(" ~ trimmed(text) ~ ", 1) in ('=', '+', '-', '@', '＝', '＋', '－', '＠')" -%}
    case
        when {{ signs }} or left({{ text }}, 1) in (chr(9), chr(10), chr(13))
            then '''' || {{ text }}
        else {{ text }}
    end
{%- endmacro %}

{% macro audit_sheets() %}
    {{- return(adapter.dispatch("audit_sheets", "zebra")()) -}}
{% endmacro %}

{# Read whole, and not as CSV: DuckDB guesses dialects, and refuses what Windows calls ANSI. #}
{% macro duckdb__audit_sheets() -%}
    {%- set paths = [] -%}
    {%- for path in paths_of("audit_path") -%}
        {%- do paths.append(sql_text(path_with_files("audit_path", path))) -%}
    {%- endfor -%}
    {%- set separators = "',;' || chr(9) || chr(10) || chr(13)" -%}
    {%- set marks = "chr(57344) || chr(57345) || chr(57346) || chr(57347) || chr(57348)" -%}
    with

    files as (

        select
            any_value(content) as content,
            {{ found_path("filename") }} as source_file
        from read_blob([{{ paths | join(", ") }}])
        group by source_file

    ),

    texts as (

        select
            source_file,
            hex(content[1:2]) as first_bytes,
            ltrim(
                coalesce(try(decode(content)), {{ _windows_text("content") }}), chr(65279)
            ) as text
        from files

    ),

    -- what is in quotes holds separators that separate nothing: marks stand for them
    parts as (

        select
            * exclude (text),
            list_transform(
                string_split(text, '"'),
                lambda part, place: case
                    when place % 2 = 0 then translate(part, {{ separators }}, {{ marks }})
                    else part
                end
            ) as parts
        from texts

    ),

    marked_texts as (

        select
            * exclude (parts),
            len(parts) % 2 = 0 as ends_in_quotes,
            replace(array_to_string(parts, ''), chr(13) || chr(10), chr(10)) as text
        from parts

    ),

    sheets as (

        select
            *,
            -- a carriage return ends lines only where nothing else does
            string_split(text, case when contains(text, chr(10)) then chr(10) else chr(13) end)
                as lines
        from marked_texts

    ),

    separated_sheets as (

        select
            *,
            case
                when contains(lines[1], ';') then ';'
                when contains(lines[1], chr(9)) then chr(9)
                else ','
            end as separator
        from sheets

    ),

    headed_sheets as (

        select
            *,
            list_transform(string_split(lines[1], separator), lambda name: lower(trim(name)))
                as names
        from separated_sheets

    )

    select
        source_file,
        case
            when first_bytes = '504B' then 'is a workbook'
            when first_bytes in ('FFFE', 'FEFF') then 'is in UTF-16'
            when ends_in_quotes then 'opens a quote that it does not close'
            when not list_has_all(names, ['key', 'verdict'])
                then 'has no columns key and verdict in its first line'
        end as problem,
        separator,
        names,
        lines,
        {{ separators }} as separators,
        {{ marks }} as marks
    from headed_sheets
{%- endmacro %}

{# Text of bytes in Windows-1252, what Excel writes for CSV where it does not say UTF-8. #}
{% macro _windows_text(bytes) %}
    {%- set upper = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ" -%}
    {#- A byte that is no printable ASCII is shown as \x and its number, and so is a backslash. -#}
    {%- set sql = namespace(text="cast(" ~ bytes ~ " as string)") -%}
    {%- for number in [9, 10, 13, 34, 39, 92] + range(128, 256) | list -%}
        {%- set character = upper[number - 128] if 128 <= number < 160 else "%c" % number -%}
        {%- set sql.text = "replace(" ~ sql.text ~ ", '\\x" ~ "%02X" % number ~ "', "
            ~ ("chr(" ~ number ~ ")" if number < 128 else sql_text(character)) ~ ")" -%}
    {%- endfor -%}
    {{- sql.text -}}
{% endmacro %}

{% macro refuse_audit_sheets() %}
    {% if not execute or not paths_of("audit_path") %} {% do return("") %} {% endif %}
    {% for sheet in run_query(
        "select source_file, problem from (" ~ audit_sheets()
        ~ ") where problem is not null order by source_file limit 1"
    ).rows %}
        {% do exceptions.raise_compiler_error(
            "var audit_path: " ~ sheet[0] ~ " " ~ sheet[1]
            ~ "; save the sheet that zebra export audit_sample wrote as CSV UTF-8, with its header."
        ) %}
    {% endfor %}
    {% do return("") %}
{% endmacro %}

{% macro audit_rows() %} {{- return(adapter.dispatch("audit_rows", "zebra")()) -}} {% endmacro %}

{% macro duckdb__audit_rows() -%}
    select
        source_file,
        row_number,
        {%- for name in ["key", "verdict", "judge"] %}
        {%- set cell = "fields[list_position(names, '" ~ name ~ "')]" %}
        translate({{ cell }}, marks, separators) as {{ name }},
        {%- endfor %}
        regexp_replace(source_file, '^.*[/\\]|[.][^.]*$', '', 'g') as file_name
    from (
        select
            *,
            string_split(line, separator) as fields
        from (
            select
                * exclude (lines),
                unnest(lines[2:]) as line,
                generate_subscripts(lines[2:], 1) as row_number
            from ({{ audit_sheets() }})
        )
    )
{%- endmacro %}

{% macro spark__conversation_text(messages) -%}
    case
        when array_size({{ messages }}) = 1 then {{ messages }}[0].content
        else {{ joined_list(
            list_of_each(messages, "item.role || ': ' || coalesce(item.content, '')"),
            "chr(10) || chr(10)",
        ) }}
    end
{%- endmacro %}

{% macro spark__audit_sheets() %}
    {% do return(only_on_duckdb("var audit_path", "leave it null")) %}
{% endmacro %}

{% macro spark__audit_rows() %} {% do return(spark__audit_sheets()) %} {% endmacro %}
