"""The database says what made it: versions and settings, relation by relation."""

import json

import duckdb
import pytest
import yaml
from dbt.version import __version__ as dbt_version

import zebra

HERE = (zebra.__version__, dbt_version, f"duckdb {duckdb.__version__}")


def builds(database):
    """From the settings to the relations that they built, of builds by the versions in use."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "select project_version, dbt_version, engine, settings, relations, n_relations "
            "from build_info"
        ).fetchall()
    for *versions, _, relations, n_relations in found:
        assert tuple(versions) == HERE
        assert n_relations == len(relations) > 0
    return [(json.loads(settings), relations) for *_, settings, relations, _ in found]


@pytest.fixture
def of_two(dbt_build):
    """Build two relations on their own with some vars; what they need is built too."""

    def build(name, only, vars=None, check=True):
        return dbt_build(vars, name=name, only=["build_info", *only], check=check)

    return build


def test_a_whole_build_is_one_row_with_every_var(sample_database, repository):
    [(settings, relations)] = builds(sample_database)
    project = yaml.safe_load((repository / "dbt_project.yml").read_text(encoding="utf-8"))
    assert settings == project["vars"]
    assert list(settings) == list(project["vars"])
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        there = connection.execute(
            "select table_name from information_schema.tables "
            "where table_name not in ('int_builds', 'int_fingerprints') order by 1"
        ).fetchall()
    assert relations == [name for (name,) in there]


def test_a_build_of_parts_tells_of_these_parts(of_two):
    of_two("parts", ["model_quality", "model_similarity"])
    [(_, before)] = builds(of_two("parts", ["model_similarity"]).database)
    built = of_two("parts", ["model_quality"], {"normalization": "rank"}).database
    found = {settings["normalization"]: relations for settings, relations in builds(built)}
    assert set(found) == {"minmax", "rank"}
    assert "model_similarity" in found["minmax"]
    assert {"build_info", "int_normalised_scores", "model_quality"} <= set(found["rank"])
    assert sorted([*found["minmax"], *found["rank"]]) == before


def test_what_a_build_did_not_come_to_has_no_maker(of_two, tmp_path):
    empty = tmp_path / "empty.jsonl"
    empty.write_text("")
    of_two("failed", ["prompts", "candidate_sets"])
    ran = of_two(
        "failed", ["prompts", "candidate_sets"], {"responses_path": str(empty)}, check=False
    )
    assert ran.returncode == 1 and "holds no response" in ran.output
    [(settings, relations)] = builds(ran.database)
    assert settings["responses_path"] == str(empty)
    assert {"stg_pool_files", "int_responses"} <= set(relations)
    assert not {"int_prompts", "prompts"} & set(relations)


def test_a_refused_setting_and_a_command_that_builds_nothing_change_nothing(of_two, dbt_command):
    before = builds(of_two("kept", ["model_quality"]).database)
    refused = of_two("kept", ["model_quality"], {"normalization": "odd"}, check=False)
    assert refused.returncode != 0
    for command in ("compile", "test"):
        ran = dbt_command([command, "--select", "build_info"], name="kept")
        assert ran.returncode == 0, ran.output
    assert builds(refused.database) == before
