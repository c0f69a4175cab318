{# What a relation is made of: `now` as SQL, none where it cannot be known, and `built`, as it was
   when the relation was built. #}
{% macro fingerprints_of(sql) -%}
    {%- set inputs = inputs_of(model) -%}
    {%- for node in [model] + inputs if node.resource_type == "source" or reads_files(node) -%}
        {%- do return({"now": none}) -%}
    {%- endfor -%}

    {%- set found = {} -%}
    {%- for row in run_query(known_fingerprints(inputs)).rows -%}
        {%- do found.update({row[0]: row[1]}) -%}
    {%- endfor -%}
    {%- set built = found.pop(this.identifier, none) -%}
    {%- for node in inputs if node.alias not in found -%}
        {%- do return({"now": none}) -%}
    {%- endfor -%}
    {%- set parts = [sql, tojson(model.columns), model.description, tojson(found, sort_keys=true)] -%}
    {%- do return({"now": "'" ~ local_md5(parts | join) ~ "'", "built": "'" ~ built ~ "'"}) -%}
{%- endmacro %}


{% macro reads_files(node) -%}
    {%- do return(node.config.get("meta", {}).get("reads_files", false)) -%}
{%- endmacro %}


{% macro is_up_to_date(relation, fingerprints) -%}
    {%- set existing = load_cached_relation(relation) -%}
    {%- do return(
        fingerprints.now is not none and fingerprints.now == fingerprints.built
        and existing is not none and existing.type == relation.type
        and not should_full_refresh()
    ) -%}
{%- endmacro %}


{# In the log, KEPT stands where CREATE would. #}
{% macro keep() -%}
    {%- do store_raw_result('main', message='KEPT', code='KEPT', rows_affected='-1') -%}
{%- endmacro %}


{# Nodes and sources that a node reads. What a view reads is read by the view's readers. #}
{% macro inputs_of(node) -%}
    {%- set inputs = {} -%}
    {%- for id in node.depends_on.nodes -%}
        {%- set input = graph.nodes.get(id) or graph.sources[id] -%}
        {%- do inputs.update({id: input}) -%}
        {%- if input.config.materialized == "view" -%}
            {%- for further in inputs_of(input) -%}
                {%- do inputs.update({further.unique_id: further}) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do return(inputs.values() | list) -%}
{%- endmacro %}


{# Seeds are small, and known by their rows. #}
{% macro known_fingerprints(inputs) -%}
    {%- set names = ["'" ~ this.identifier ~ "'"] -%}
    {{ create_fingerprints() }}
    select 'version()' as relation, version() as fingerprint
    {%- for node in inputs %}
        {%- if node.resource_type == "seed" %}
    union all
    select '{{ node.alias }}', {{ content_of(node.alias) }}
        {%- else -%}
            {%- do names.append("'" ~ node.alias ~ "'") -%}
        {%- endif -%}
    {%- endfor %}
    union all
    select relation, fingerprint from {{ fingerprints() }} where relation in ({{ names | join(", ") }})
{%- endmacro %}


{% macro content_of(relation) -%}
    (select count(*) || ' ' || coalesce(sum(hash(content)), 0) from {{ relation }} as content)
{%- endmacro %}


{# Statements that go into the transaction that makes the relation what it is. #}
{% macro note_fingerprint(relation, fingerprint) -%}
    {{ create_fingerprints() }}
    delete from {{ fingerprints() }} where relation = '{{ relation.identifier }}';
    insert into {{ fingerprints() }} values ('{{ relation.identifier }}', {{ fingerprint }});
{%- endmacro %}


{% macro create_fingerprints() -%}
    create table if not exists {{ fingerprints() }} (relation string, fingerprint string);
{%- endmacro %}


{% macro fingerprints() -%}
    {{- return(this.incorporate(path={"identifier": "int_fingerprints"}, type="table")) -}}
{%- endmacro %}
