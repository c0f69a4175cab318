{# var responses_columns: what stands for a field of a file, said by the user. #}
{% macro fields_that_can_be_mapped() %}
    {% do return([
        "prompt", "messages", "system", "response", "model", "source", "score", "chosen",
        "rejected", "chosen_model", "rejected_model", "chosen_score", "rejected_score",
    ]) %}
{% endmacro %}

{% macro mapping_by_file() %}
    {# The var as a mapping from globs to fields. #}
    {% set mapping = var("responses_columns") %}
    {% for value in mapping.values() if value is mapping %} {% do return(mapping) %} {% endfor %}
    {% do return({"*": mapping} if mapping else {}) %}
{% endmacro %}

{% macro mapping_of_file(source_file) %}
    {# The first glob that fits counts; one without a / is about the file's name alone. #}
    {% if pool_is_sample() %} {% do return({}) %} {% endif %}
    {% set path = source_file | replace("\\", "/") %}
    {% for glob, fields in mapping_by_file().items() %}
        {% set text = path if "/" in glob else path.split("/")[-1] %}
        {% if text == glob or modules.re.match(_pattern_of_glob(glob) ~ "$", text) %}
            {% do return(fields) %}
        {% endif %}
    {% endfor %}
    {% do return({}) %}
{% endmacro %}

{% macro _pattern_of_glob(glob) %}
    {% do return(
        modules.re.escape(glob | replace("\\", "/"))
        | replace("\\*\\*", ".*") | replace("\\*", "[^/]*") | replace("\\?", "[^/]")
    ) %}
{% endmacro %}

{% macro words_of(expression) %}
    {% do return(
        modules.re.findall("[^\\W\\d]\\w*", expression)
        + modules.re.findall("\"([^\"]+)\"", expression)
        + ([expression] if modules.re.match("[\\w .:-]+$", expression) else [])
    ) %}
{% endmacro %}

{# A column that is named as it stands in the file needs no quotes. #}
{% macro _expression(expression, columns) %}
    {% do return(adapter.quote(expression) if expression in columns else expression) %}
{% endmacro %}

{% macro mapped_relation(file) %}
    {{- return(adapter.dispatch("mapped_relation", "zebra")(file)) -}}
{% endmacro %}

{% macro duckdb__mapped_relation(file) %}
    {% set columns = file.columns %}
    {% set words = [] %}
    {% set words_of_scores = [] %}
    {% for name, expression in file.mapping.items() %}
        {% set found = [expression] if expression in columns else words_of(expression) %}
        {% do (words_of_scores if "score" in name else words).extend(found) %}
    {% endfor %}
    {% set taken = [] %}
    {% for name in file.mapping %}
        {% do taken.extend(_names_taken_by(name)) %}
    {% endfor %}
    {% set known = known_column_names(file) %}
    {% set structure = {} %}
    {% set texts = [] %}
    {% set kept = [] %}
    {% set bound = [] %}
    {% for column, value in columns.items() if column | lower in known %}
        {% set is_number = (
            value.is_numeric and column in words_of_scores and column not in words
        ) %}
        {% set type = value.structure %}
        {% if type == "NULL" or type is string and type not in ["JSON", "BOOLEAN", "DOUBLE"] %}
            {% set type = (
                "DOUBLE" if type in ["BIGINT", "UBIGINT"] and column in words_of_scores
                else "BIGINT" if type in ["BIGINT", "UBIGINT"] else "VARCHAR"
            ) %}
        {% endif %}
        {% do structure.update({column: _without_nulls(type)}) %}
        {% do texts.append(
            ("try_cast(" ~ adapter.quote(column) ~ " as double)" if is_number
                else adapter.quote(column)) ~ " as " ~ adapter.quote(column)
        ) %}
        {% if column | lower not in taken and column | lower not in file.mapping %}
            {% do kept.append(adapter.quote(column)) %}
        {% endif %}
    {% endfor %}
    {% for name, value in file.partitions.items() if name not in columns %}
        {% do texts.append(sql_text(value) ~ " as " ~ adapter.quote(name)) %}
    {% endfor %}
    {% if "file_name" not in columns %}
        {% do texts.append(sql_text(file_stem(file.path)) ~ " as file_name") %}
    {% endif %}
    {% set base %}
        (
            select {{ texts | join(", ") }}
            from (
                {% if file.make -%}
                {%- set read = sql_text(tojson(structure or {"none": "JSON"})) %}
                select unnest(from_json(json, {{ read }}))
                from {{ pool_file_records(file) }}
                {%- else -%}
                select * from {{ pool_file_relation(file) }}
                {%- endif %}
            )
        )
    {% endset %}
    {% set nulls = [] %}
    {% for row in run_query(
        "select column_name, column_type from (describe select * from " ~ base ~ ")"
    ).rows %}
        {% do nulls.append("cast(null as " ~ row[1] ~ ") as " ~ adapter.quote(row[0])) %}
    {% endfor %}
    {% set selected = [] %}
    {% for name, expression in file.mapping.items() %}
        {% set sql = _expression(expression, columns) %}
        {% do _check_expression(
            file, name, expression, sql, "(select " ~ nulls | join(", ") ~ ")"
        ) %}
        {% do selected.append("(" ~ sql ~ ") as " ~ adapter.quote(name)) %}
    {% endfor %}
    {% do return("(select " ~ (selected + kept) | join(", ") ~ " from " ~ base ~ ")") %}
{% endmacro %}

{% macro _without_nulls(structure) %}
    {% if structure is string %} {% do return("VARCHAR" if structure == "NULL" else structure) %}
    {% elif structure is mapping %}
        {% set members = {} %}
        {% for name, member in structure.items() %}
            {% do members.update({name: _without_nulls(member)}) %}
        {% endfor %}
        {% do return(members or "JSON") %}
    {% endif %}
    {% do return([_without_nulls(structure[0])]) %}
{% endmacro %}

{# Columns that count as the field where nobody says what does. #}
{% macro _names_taken_by(field) %}
    {% set names = [field] + (field_names(field) or []) %}
    {% if field in ["prompt", "messages"] %}
        {% do names.extend(
            field_names("prompt") + field_names("messages") + field_names("addition")
        ) %}
    {% endif %}
    {% do return(names) %}
{% endmacro %}

{% macro _check_expression(file, name, expression, sql, columns) %}
    {# A condition takes neither aggregates nor unnest, which would change the number of rows. #}
    {% set error = sql_error("select 1 from " ~ columns ~ " where ((" ~ sql ~ ")) is null") %}
    {% if not error %}
        {% for function in volatile_functions(sql) %}
            {% do exceptions.raise_compiler_error(
                "var responses_columns: " ~ name ~ " cannot use " ~ function ~ "(), which gives"
                ~ " another value each time."
            ) %}
        {% endfor %}
        {% do return("") %}
    {% endif %}
    {% do exceptions.raise_compiler_error(
        "var responses_columns: " ~ name ~ ": " ~ tojson(expression) ~ " is neither a column of "
        ~ file.path ~ " nor SQL over its columns: " ~ error ~ "; its columns are "
        ~ at_most(file.columns | list, 8) ~ "."
    ) %}
{% endmacro %}

{% macro _check_responses_columns() %}
    {% set mapping = var("responses_columns") %}
    {% set allowed = "a mapping from fields to columns, or from globs of files to such mappings;"
        ~ " fields are " ~ fields_that_can_be_mapped() | join(", ") %}
    {% if mapping is not mapping %}
        {% do _refuse_var("responses_columns", mapping, allowed) %}
    {% endif %}
    {% for glob, fields in mapping_by_file().items() %}
        {% if fields is not mapping %}
            {% do _refuse_var("responses_columns", mapping, allowed) %}
        {% endif %}
        {% for name, expression in fields.items() %}
            {% if name not in fields_that_can_be_mapped() %}
                {% do exceptions.raise_compiler_error(
                    "var responses_columns: " ~ name ~ " is no field; fields are "
                    ~ fields_that_can_be_mapped() | join(", ") ~ "."
                ) %}
            {% elif expression is not string or not expression.strip() %}
                {% do exceptions.raise_compiler_error(
                    "var responses_columns: " ~ name ~ " is " ~ tojson(expression)
                    ~ ": allowed is a column, or a SQL expression as a text."
                ) %}
            {% endif %}
        {% endfor %}
    {% endfor %}
    {% if mapping and not pool_is_sample() and _builds_relations() %}
        {% set files = run_query(
            "select source_file from (" ~ list_pool_files() ~ ") order by source_file"
        ).columns[0].values() %}
        {% set shapes = pool_shapes() %}
        {% for file in files %}
            {% do detect_pool_shape(look_at_pool_file(file, shapes)) %}
        {% endfor %}
        {% for glob in mapping_by_file() %}
            {% set used = [] %}
            {% for file in files if mapping_of_file(file) == mapping_by_file()[glob] %}
                {% do used.append(file) %}
            {% endfor %}
            {% if not used %}
                {% do exceptions.raise_compiler_error(
                    "var responses_columns: " ~ glob ~ " is none of the pool's files; they are "
                    ~ at_most(files | list, 8) ~ "."
                ) %}
            {% endif %}
        {% endfor %}
    {% endif %}
{% endmacro %}
