{# The tables in seeds/leaderboards/, with the source of those that have none for each figure. #}
{% macro shipped_leaderboards() %}
    {% do return({
        "paper": none,
        "open_llm_v2": "Open LLM Leaderboard v2 (Hugging Face), as in Every Eval Ever",
        "helm_capabilities": "HELM Capabilities (Stanford CRFM), as in Every Eval Ever",
        "helm_lite": "HELM Lite (Stanford CRFM), as in Every Eval Ever",
    }) %}
{% endmacro %}

{% macro active_leaderboard() %}
    {% if var("leaderboard") is none %} {% do return("seeds") %} {% endif %}
    {# Of a path the file's name, so that databases and cards do not name folders. #}
    {% set names = [] %}
    {% for entry in leaderboard_entries() %}
        {% do names.append(file_name(entry)) %}
    {% endfor %}
    {% do return(names | join(", ")) %}
{% endmacro %}

{% macro other_leaderboards() %}
    {% set names = ["seeds"] + shipped_leaderboards() | list %}
    {% set active = leaderboard_entries() or ["seeds"] %}
    {% do return(names | reject("in", active) | list) %}
{% endmacro %}

{% macro leaderboard_path(leaderboard) %}
    {% if leaderboard in shipped_leaderboards() %}
        {% do return("seeds/leaderboards/" ~ leaderboard ~ ".csv") %}
    {% endif %}
    {% do return(leaderboard) %}
{% endmacro %}

{% macro _check_leaderboard() %}
    {% set leaderboard = var("leaderboard") %}
    {% if leaderboard is none %} {% do return("") %} {% endif %}
    {% set allowed = (
        "null for the seeds, one of " ~ shipped_leaderboards() | join(", ")
        ~ ", a path, a glob, or a list of them"
    ) %}
    {% set entries = [leaderboard] if leaderboard is string else leaderboard %}
    {% if not _is_list(entries) or entries | length == 0 %}
        {% do _refuse_var("leaderboard", leaderboard, allowed) %}
    {% endif %}
    {% for entry in entries %}
        {% if entry is not string
            or (entry not in shipped_leaderboards() and not modules.re.search("[./\\\\]", entry)) %}
            {% do _refuse_var("leaderboard", leaderboard, allowed) %}
        {% endif %}
    {% endfor %}
    {% for entry in entries if entry not in shipped_leaderboards() and "://" not in entry %}
        {% do path_with_files("leaderboard", entry) %}
    {% endfor %}
{% endmacro %}
