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
    {% set leaderboard = var("leaderboard") %}
    {% if leaderboard is none %} {% do return("seeds") %} {% endif %}
    {# Of a path the file's name, so that databases and cards do not name folders. #}
    {% do return(modules.re.split("[/\\\\]", leaderboard | string)[-1]) %}
{% endmacro %}

{% macro other_leaderboards() %}
    {% set names = ["seeds"] + shipped_leaderboards() | list %}
    {% do return(names | reject("equalto", active_leaderboard()) | list) %}
{% endmacro %}

{% macro leaderboard_path(leaderboard) %}
    {% if leaderboard in shipped_leaderboards() %}
        {% do return("seeds/leaderboards/" ~ leaderboard ~ ".csv") %}
    {% endif %}
    {% do return(leaderboard) %}
{% endmacro %}

{% macro _check_leaderboard() %}
    {% set leaderboard = var("leaderboard") %}
    {% if leaderboard is none or leaderboard in shipped_leaderboards() %}
        {% do return("") %}
    {% elif leaderboard is not string or not modules.re.search("[./\\\\]", leaderboard) %}
        {% do _refuse_var(
            "leaderboard", leaderboard,
            "null for the seeds, one of " ~ shipped_leaderboards() | join(", ")
            ~ ", or the path of a .csv file"
        ) %}
    {% endif %}
    {% do check_leaderboard_file(leaderboard) %}
{% endmacro %}

{% macro check_leaderboard_file(path) %}
    {% do return(adapter.dispatch("check_leaderboard_file", "zebra")(path)) %}
{% endmacro %}

{% macro duckdb__check_leaderboard_file(path) %}
    {% if run_query("select 1 from glob(" ~ sql_text(path) ~ ") limit 1") | length == 0 %}
        {% do exceptions.raise_compiler_error(
            "var leaderboard: no file at " ~ path ~ " (seen from the folder dbt runs in)."
        ) %}
    {% endif %}
{% endmacro %}
