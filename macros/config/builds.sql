{% macro forget_builds() %}
    {% if not execute or not _builds_relations() %} {% do return("") %} {% endif %}
    {% set to_be_built = [] %}
    {% for id in selected_resources if id.startswith(("model.", "seed.")) %}
        {% do to_be_built.append(sql_text(graph.nodes[id].alias)) %}
    {% endfor %}
    {% if not to_be_built %} {% do return("") %} {% endif %}
    {{- return(adapter.dispatch("forget_builds_of", "zebra")(to_be_built)) -}}
{% endmacro %}

{% macro duckdb__forget_builds_of(relations) %}
    create table if not exists {{ _builds() }} (
        relation string,
        project_version string,
        dbt_version string,
        engine string,
        settings string
    );
    {{ alter_relation_comment(
        _builds(), graph.sources["source.zebra.builds.int_builds"].description
    ) }}
    delete from {{ _builds() }} where relation in ({{ relations | join(", ") }});
{% endmacro %}

{% macro note_builds(project_version) %}
    {% if not execute or not _builds_relations() %} {% do return("") %} {% endif %}
    {% set built = [] %}
    {% for result in results
        if result.status == "success" and result.node.resource_type in ("model", "seed") %}
        {% do built.append("(" ~ sql_text(result.node.alias) ~ ")") %}
    {% endfor %}
    {% if not built %} {% do return("") %} {% endif %}
    {% set settings = {} %}
    {% for name in setting_names() %} {% do settings.update({name: var(name)}) %} {% endfor %}
    insert into {{ _builds() }}
    select
        relation,
        {{ sql_text(project_version) }} as project_version,
        {{ sql_text(dbt_version) }} as dbt_version,
        {{ sql_text(target.type) }} || ' ' || {{ engine_version() }} as engine,
        {{ sql_text(tojson(settings)) }} as settings
    from (values {{ built | join(", ") }}) as built (relation)
{% endmacro %}

{# Every var of dbt_project.yml: dbt has no list of them. #}
{% macro setting_names() %}
    {% do return([
        "responses_path",
        "responses_table",
        "responses_format",
        "responses_columns",
        "leaderboard",
        "leaderboard_columns",
        "leaderboard_units",
        "duplicate_scores",
        "doubt_above",
        "doubts",
        "normalization",
        "missing_scores",
        "similarity",
        "compare_all_up_to",
        "min_coverage",
        "capability_weights",
        "confidence_slope",
        "score_direction",
        "pairs_per_prompt",
        "unusable_pairs",
        "distinct_prefix",
        "test_fraction",
        "exclude_sources",
        "audit_pairs",
        "audit_path",
        "strategies"
    ]) %}
{% endmacro %}

{% macro engine_version() %}
    {{- return(adapter.dispatch("engine_version", "zebra")()) -}}
{% endmacro %}

{% macro duckdb__engine_version() -%} ltrim(version(), 'v') {%- endmacro %}

{# Other commands run hooks too, and docs generate selects relations that it does not build. #}
{% macro _builds_relations() %}
    {% do return(invocation_args_dict.which in ("build", "run", "seed")) %}
{% endmacro %}

{% macro _builds() %}
    {% do return(source("builds", "int_builds").incorporate(type="table")) %}
{% endmacro %}

{% macro were_built(relations) %}
    {% set built = results | selectattr("status", "equalto", "success")
        | map(attribute="node.alias") | list %}
    {% do return(relations | map(attribute="identifier") | reject("in", built) | list == []) %}
{% endmacro %}
