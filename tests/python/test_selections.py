"""Parts of the project, and databases of other names, built from nothing."""

import json

import pytest


def statuses(ran):
    results = json.loads((ran.target / "run_results.json").read_text(encoding="utf-8"))["results"]
    return {row["unique_id"].split(".", 1)[0] + " " + row["status"] for row in results}


@pytest.mark.parametrize(
    "selection", ["+model_quality", "+model_pairs", "+preference_pairs", "+tag:none +prompts"]
)
def test_a_part_builds_on_a_new_database(dbt_build, selection, tmp_path):
    ran = dbt_build(args=["--select", *selection.split()], name=tmp_path.name)
    assert {"model success", "test pass"} <= statuses(ran)
    assert "model skipped" not in statuses(ran) and "test error" not in statuses(ran)


@pytest.mark.parametrize("name", ["odd # name", "it's", "a ? b"])
def test_a_database_whose_name_dbt_cannot_write_is_refused(dbt_command, tmp_path, name):
    path = tmp_path / f"{name}.duckdb"
    ran = dbt_command(
        ["run", "--select", "int_strategies"],
        name=tmp_path.name,
        environment={"ZEBRA_DATABASE": str(path)},
        reparse=True,
    )
    assert ran.returncode != 0
    assert f"{path} cannot be built: dbt cannot work with ?, # or '" in ran.output
    assert "name another with ZEBRA_DATABASE" in ran.output
    assert not path.exists()


def test_a_build_that_stops_tells_nothing_of_the_one_before(dbt_build, tmp_path):
    pool = tmp_path / "pool.jsonl"
    pool.write_text('{"prompt": "p", "model": "nobody-knows-me", "response": "r"}\n' * 2)
    vars = {"responses_path": str(pool)}
    named = {"name": tmp_path.name, "only": ["quarantined_responses"], "check": False}
    assert "nobody-knows-me" in dbt_build(vars, **named).output
    pool.write_text('{"prompt": "p", "response": "r"}\n')
    stopped = dbt_build(vars, **named)
    assert stopped.returncode != 0 and "names no models" in stopped.output
    assert "nobody-knows-me" not in stopped.output
