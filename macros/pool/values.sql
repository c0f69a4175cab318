{# What stands for a text that is none: U+FDD0, a character that no text may hold. #}
{% macro no_text() %} {{- return(adapter.dispatch("no_text", "zebra")()) -}} {% endmacro %}

{% macro duckdb__no_text() -%} chr(64976) {%- endmacro %}

{% macro parsed_text(text) %}
    {{- return(adapter.dispatch("parsed_text", "zebra")(text)) -}}
{% endmacro %}

{% macro duckdb__parsed_text(text) -%}
    {#- Half a character makes all of it no JSON; put in its place is what marks one text alone. -#}
    {%- set half = "\\\\u[dD][89a-fA-F][0-9a-fA-F]{2}" -%}
    {%- set whole = "\\\\u([dD][89abAB][0-9a-fA-F]{2})\\\\u([dD][c-fC-F][0-9a-fA-F]{2})" -%}
    case
        when json_valid({{ text }}) then cast({{ text }} as json)
        when regexp_matches({{ text }}, '{{ half }}')
            then try_cast(
                replace(
                    regexp_replace(
                        regexp_replace(
                            {{ text }}, '{{ whole }}', chr(1) || '\1' || chr(1) || '\2', 'g'
                        ),
                        '{{ half }}', {{ no_text() }}, 'g'
                    ),
                    chr(1), '\u'
                ) as json
            )
    end
{%- endmacro %}

{% macro text_of(value) %}
    {{- return(adapter.dispatch("text_of", "zebra")(value)) -}}
{% endmacro %}

{% macro duckdb__text_of(value) -%}
    {#- A text in an object stands under one of these keys: turns, messages, typed parts. -#}
    {%- set inner = (
        "coalesce(" ~ value ~ " -> '$.content', " ~ value ~ " -> '$.value', "
        ~ value ~ " -> '$.answer', " ~ value ~ " -> '$.text')"
    ) -%}
    case json_type({{ value }})
        when 'ARRAY' then {{ _text_of_parts(value) }}
        when 'OBJECT'
            then case json_type({{ inner }})
                when 'VARCHAR' then {{ inner }} ->> '$'
                when 'ARRAY' then {{ _text_of_parts(inner) }}
                else {{ no_text() }}
            end
        else {{ value }} ->> '$'
    end
{%- endmacro %}

{# One text, or typed parts that are all texts, each on lines of its own. #}
{% macro _text_of_parts(value) -%}
    case
        when json_array_length({{ value }}) = 1 and json_type({{ value }}, '$[0]') = 'VARCHAR'
            then {{ value }} ->> '$[0]'
        when json_array_length({{ value }}) = 1 and json_type({{ value }}, '$[0]') = 'NULL'
            then null
        when json_array_length({{ value }}) = 0
            or not list_contains(json_type({{ value }}, ['$[0]', '$[1]', '$[2]']), 'OBJECT')
            then {{ no_text() }}
        else array_to_string(
            list_transform(
                from_json({{ value }}, '["JSON"]'),
                lambda part: case
                    when json_type(part) = 'VARCHAR' then part ->> '$'
                    when json_type(part, '$.text') = 'VARCHAR'
                        and coalesce(part ->> '$.type', 'text') like '%text'
                        then part ->> '$.text'
                    else {{ no_text() }}
                end
            ),
            chr(10)
        )
    end
{%- endmacro %}

{% macro plain_value(value, type, is_encoded) %}
    {{- return(adapter.dispatch("plain_value", "zebra")(value, type, is_encoded)) -}}
{% endmacro %}

{% macro duckdb__plain_value(value, type, is_encoded) -%}
    {%- set decoded = value -%}
    {%- if is_encoded or type not in ["TEXT", "VARCHAR"] -%}
        {%- set decoded -%}
            case
                when json_type({{ value }}) = 'VARCHAR'
                    then coalesce({{ parsed_text(value ~ " ->> '$'") }}, to_json({{ no_text() }}))
                else {{ value }}
            end
        {%- endset -%}
    {%- endif -%}
    {%- if type == "VARCHAR" -%} {{ value }} ->> '$'
    {%- elif type == "TEXT" and is_encoded -%}
        list_transform([{{ decoded }}], lambda value: {{ text_of("value") }})[1]
    {%- elif type == "TEXT" -%} {{ text_of(value) }}
    {%- elif type == "TURNS" and not is_encoded -%}
        case
            when json_type({{ value }}) = 'ARRAY'
                then list_transform(
                    from_json({{ value }}, '["JSON"]'), lambda turn: {{ text_of("turn") }}
                )
            else [{{ text_of(value) }}]
        end
    {%- else -%}
        {%- set item_type = "TEXT" if type == "TURNS" else type -%}
        list_transform(
            from_json({{ decoded }}, {{ sql_text(tojson(_looked_at_type(type))) }}),
            lambda item: {{ _plain_item("item", type) }}
        )
    {%- endif -%}
{%- endmacro %}

{% macro _plain_item(item, type) -%}
    {%- if type == "MESSAGES" -%}
        {
            'role': {{ role_of("coalesce(" ~ item ~ ".role, " ~ item ~ '."from")') }},
            'content': {{ text_of("coalesce(" ~ item ~ ".content, " ~ item ~ '."value")') }}
        }
    {%- elif type == "TURNS" or type[0] == "TEXT" -%} {{ text_of(item) }}
    {%- elif type[0] is string -%} {{ item }}
    {%- else -%}
        {%- set members = [] -%}
        {%- for name, member in type[0].items() -%}
            {%- set value = item ~ "." ~ adapter.quote(name) -%}
            {%- if member == "TEXT" -%} {%- set value = text_of(value) -%}
            {%- elif member == ["TEXT"] -%}
                {%- set value = (
                    "list_transform(" ~ value ~ ", lambda member: " ~ text_of("member") ~ ")"
                ) -%}
            {%- endif -%}
            {%- do members.append(sql_text(name) ~ ": " ~ value) -%}
        {%- endfor -%}
        { {{ members | join(", ") }} }
    {%- endif -%}
{%- endmacro %}

{% macro role_of(name) %} {{- return(adapter.dispatch("role_of", "zebra")(name)) -}} {% endmacro %}

{% macro default__role_of(name) -%}
    case
        when {{ name }} in ('human', 'Human', 'User') then 'user'
        when {{ name }} in ('gpt', 'chatgpt', 'bot', 'model', 'ai', 'Assistant') then 'assistant'
        else {{ name }}
    end
{%- endmacro %}

{# Types: VARCHAR as it stands, TEXT what people wrote, TURNS one TEXT or a list of them, MESSAGES
   a list of role and content, [type] and {name: type}. #}
{% macro _duckdb_type(type) %}
    {% if type == "TEXT" %} {% do return("VARCHAR") %}
    {% elif type == "TURNS" %} {% do return("VARCHAR") %}
    {% elif type == "MESSAGES" %} {% do return("STRUCT(role VARCHAR, content VARCHAR)[]") %}
    {% elif type is string %} {% do return(type) %}
    {% elif type is not mapping %} {% do return(_duckdb_type(type[0]) ~ "[]") %}
    {% endif %}
    {% set members = [] %}
    {% for name, member in type.items() %}
        {% do members.append(adapter.quote(name) ~ " " ~ _duckdb_type(member)) %}
    {% endfor %}
    {% do return("STRUCT(" ~ members | join(", ") ~ ")") %}
{% endmacro %}

{# The structure, as from_json takes it, in which texts are left as they stand in the file. #}
{% macro _looked_at_type(type) %}
    {% if type == "TEXT" %} {% do return("JSON") %}
    {% elif type == "TURNS" %} {% do return(["JSON"]) %}
    {% elif type == "MESSAGES" %}
        {% do return([
            {"role": "VARCHAR", "content": "JSON", "from": "VARCHAR", "value": "JSON"}
        ]) %}
    {% elif type is string %} {% do return(type) %}
    {% elif type is not mapping %} {% do return([_looked_at_type(type[0])]) %}
    {% endif %}
    {% set members = {} %}
    {% for name, member in type.items() %}
        {% do members.update({name: _looked_at_type(member)}) %}
    {% endfor %}
    {% do return(members) %}
{% endmacro %}

{# The same for texts that are texts throughout. #}
{% macro _json_structure(type) %}
    {% if type in ["TEXT", "TURNS"] %} {% do return("VARCHAR") %}
    {% elif type == "MESSAGES" %} {% do return([{"role": "VARCHAR", "content": "VARCHAR"}]) %}
    {% elif type is string %} {% do return(type) %}
    {% elif type is not mapping %} {% do return([_json_structure(type[0])]) %}
    {% endif %}
    {% set members = {} %}
    {% for name, member in type.items() %}
        {% do members.update({name: _json_structure(member)}) %}
    {% endfor %}
    {% do return(members) %}
{% endmacro %}

{# Whether values of a structure hold texts and nothing else where a type has texts. #}
{% macro is_plain(type, structure) %}
    {% if type == "VARCHAR" or structure == "NULL" %} {% do return(true) %}
    {% elif type in ["TEXT", "TURNS"] %}
        {% do return(structure is string and structure != "JSON") %}
    {% elif structure is string %} {% do return(false) %}
    {% elif type is mapping %}
        {% if structure is not mapping %} {% do return(false) %} {% endif %}
        {% for name, member in type.items() %}
            {% if not is_plain(member, structure.get(name, "NULL")) %}
                {% do return(false) %}
            {% endif %}
        {% endfor %}
        {% do return(true) %}
    {% elif structure is mapping %} {% do return(false) %}
    {% elif type == "MESSAGES" %}
        {% set item = structure[0] if structure else "NULL" %}
        {% if item == "NULL" %} {% do return(true) %}
        {% elif item is not mapping %} {% do return(false) %}
        {% endif %}
        {% do return("from" not in item and is_plain("TEXT", item.get("content", "NULL"))) %}
    {% endif %}
    {% do return(is_plain(type[0], structure[0] if structure else "NULL")) %}
{% endmacro %}
