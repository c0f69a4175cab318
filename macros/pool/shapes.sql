{% macro pool_shape(name) %}
    {% set shape = context["pool_shape__" ~ name]() %}
    {% do shape.fields.update(
        {"system": {"names": field_names("system"), "type": "TEXT", "optional": true}}
    ) %}
    {% do return(shape) %}
{% endmacro %}

{# All of them by name, made once for all files. #}
{% macro pool_shapes() %}
    {% set shapes = {"flat": pool_shape("flat")} %}
    {% for name in pool_shape_names() %}
        {% do shapes.update({name: pool_shape(name)}) %}
    {% endfor %}
    {% do return(shapes) %}
{% endmacro %}

{% macro pool_shape_names() %}
    {% set names = [] %}
    {% for name in context.keys() | sort if name.startswith("pool_shape__") %}
        {% do names.append(name | replace("pool_shape__", "")) %}
    {% endfor %}
    {% do return(names) %}
{% endmacro %}

{% macro detect_pool_shape(file) %}
    {% do stop_on_python_lists(file) %}
    {% if var("responses_format") != "auto" %} {% do return(var("responses_format")) %} {% endif %}
    {# A file without a single good record has no columns: any shape reports its lines. #}
    {% if file.columns | length == 0 %} {% do return("flat") %} {% endif %}

    {% set fitting = [] %}
    {% set plain = [] %}
    {% for field in file.shapes["flat"].fields.values() %}
        {% do plain.extend(field.names) %}
    {% endfor %}
    {# The nearest has most columns that are its own; of these the one that lacks least, and of
       equally near ones the plainest. #}
    {% set nearest = namespace(name=none, lacks=[], own=0) %}
    {% for name, shape in file.shapes.items() %}
        {% set lacking = columns_a_shape_lacks(shape, file.columns) %}
        {% set own = columns_of_one_shape(shape, file.columns, plain) %}
        {% if lacking | length == 0 %} {% do fitting.append(name) %}
        {% elif nearest.name is none or own > nearest.own
            or (own == nearest.own and lacking | length < nearest.lacks | length) %}
            {% set nearest.name = name %}
            {% set nearest.lacks = lacking %}
            {% set nearest.own = own %}
        {% endif %}
    {% endfor %}

    {% if fitting | length == 1 %} {% do return(fitting[0]) %}
    {% elif fitting | length > 1 %}
        {% do exceptions.raise_compiler_error(
            pool_var() ~ ": " ~ file.path ~ " fits the shapes " ~ fitting | join(" and ")
            ~ ": name the one meant with var responses_format."
        ) %}
    {% endif %}
    {% set first = nearest.lacks[0].names[0] %}
    {% set lacks_models = nearest.name == "flat"
        and not columns_of_field({"names": field_names("model")}, file.columns) %}
    {% do exceptions.raise_compiler_error(
        pool_var() ~ ": " ~ file.path
        ~ (" names no models, without which nothing can be made of it: it"
            if lacks_models or "model" in first else "")
        ~ " has the columns " ~ at_most(file.columns | list, 8)
        ~ ", which fit none of the shapes; the nearest is "
        ~ nearest.name ~ ", which also needs " ~ fields_in_words(nearest.lacks)
        ~ ": say which columns hold that with var responses_columns, e.g. {"
        ~ (first if first in fields_that_can_be_mapped() else "prompt")
        ~ ": NAME_OF_THE_COLUMN}, or name the shape with var responses_format."
    ) %}
{% endmacro %}

{% macro columns_of_one_shape(shape, columns, plain) %}
    {% set names = columns | map("lower") | reject("in", plain) | list %}
    {% set own = [] %}
    {# What a question's column is called tells no shape from another. #}
    {% for field_name, field in shape.fields.items() if field_name != "prompt" %}
        {% do own.extend(field.names | select("in", names)) %}
    {% endfor %}
    {% do return(own | unique | list | length) %}
{% endmacro %}

{% macro at_most(names, number, separator=", ") %}
    {% set more = names | length - number %}
    {% do return(
        names[:number] | join(separator) ~ (" and " ~ more ~ " more" if more > 0 else "")
    ) %}
{% endmacro %}

{% macro stop_on_python_lists(file) %}
    {% for name, column in file.columns.items() if column.is_python %}
        {% do exceptions.raise_compiler_error(
            pool_var() ~ ": " ~ file.path ~ ": column " ~ name ~ " holds lists as Python"
            ~ " prints them ([{'role': ...), which cannot be told from texts for certain: write"
            ~ " them with json.dumps, or save the file as Parquet or JSONL."
        ) %}
    {% endfor %}
{% endmacro %}

{% macro stop_on_two_columns_for_one(file, shape) %}
    {# Two columns with the same values, or each filled where the other is not, are one. #}
    {% if not execute %} {% do return("") %} {% endif %}
    {% set found = columns_of_shape(shape, file.columns) %}
    {% for name, field in shape.fields.items()
        if found[name] | length > 1 and not field.optional %}
        {% set first = found[name][0] %}
        {% for other in found[name][1:] %}
            {% set differing = run_query(rows_that_differ(file, first, other)) %}
            {% if differing | length > 0 %}
                {% do exceptions.raise_compiler_error(
                    pool_var() ~ ": " ~ file.path ~ " has two columns that could be the "
                    ~ name ~ ", " ~ first ~ " and " ~ other ~ ", and they differ: say which is"
                    ~ " meant with var responses_columns, e.g. {" ~ name ~ ": " ~ first ~ "}."
                ) %}
            {% endif %}
        {% endfor %}
    {% endfor %}
{% endmacro %}

{% macro rows_that_differ(file, first, other) %}
    {{- return(adapter.dispatch("rows_that_differ", "zebra")(file, first, other)) -}}
{% endmacro %}

{% macro duckdb__rows_that_differ(file, first, other) -%}
    {%- set is_json = file.make and not file.mapped -%}
    select 1
    from (
        select
            {%- for column in [first, other] %}
            {% if is_json -%}
            json_extract_string(json, {{ sql_text("$." ~ tojson(column)) }})
            {%- else -%} cast({{ adapter.quote(column) }} as string)
            {%- endif %} as {{ "one" if loop.first else "other" }}{{ "," if not loop.last }}
            {%- endfor %}
        from {{ pool_file_records(file) if is_json else pool_file_relation(file) }}
        limit 1000
    )
    where one <> other and trim(one) <> '' and trim(other) <> ''
    limit 1
{%- endmacro %}
