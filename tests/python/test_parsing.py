"""One parse serves the builds of all tests: what another finds is in it.

Which relations refer to which hangs on vars in places, and dbt parses again when a var changes.
Tests do not (`dbt_processes.py`), and this is why they may.
"""

import json

import pytest

from dbt_processes import vars_to_parse_with

OTHER = {
    "responses_path": "pool/*.jsonl",
    "responses_table": "answers",
    "responses_format": "flat",
    "responses_columns": {"prompt": "question"},
    "leaderboard": "paper",
    "leaderboard_columns": {"GSM8K": "EM"},
    "leaderboard_units": {"GSM8K": "fraction"},
    "duplicate_scores": "first",
    "doubt_above": 4,
    "doubts": "leave_out",
    "normalization": "rank",
    "missing_scores": "shared_only",
    "similarity": "centered_cosine",
    "compare_all_up_to": 0,
    "min_coverage": 0.5,
    "capability_weights": {"reasoning": 2},
    "score_direction": {"flat": "lower"},
    "pairs_per_prompt": "all",
    "unusable_pairs": ["chosen_refuses"],
    "distinct_prefix": 80,
    "test_fraction": 0.5,
    "exclude_sources": ["quiz"],
    "audit_pairs": 7,
    "audit_path": "sheets/*.csv",
    "strategies": {"mine": {"draw": True}, "yours": {"order_by": "similarity"}},
}


def found(target):
    """References and all else that a parse found of each node."""
    manifest = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    nodes = {**manifest["nodes"], **manifest["exposures"]}
    references = {name: set(node["depends_on"].get("nodes", [])) for name, node in nodes.items()}
    rest = {
        name: {
            key: node.get(key)
            for key in ("raw_code", "config", "columns", "contract", "access", "name", "alias")
        }
        for name, node in nodes.items()
    }
    return references, rest


@pytest.fixture(scope="module")
def of_tests(dbt_command):
    """What the parse that tests share finds."""
    ran = dbt_command(["parse"], vars=vars_to_parse_with({}), name="parse-of-tests")
    assert ran.returncode == 0, ran.output
    return found(ran.target)


def assert_within(parsed, of_tests):
    references, rest = parsed
    assert rest == of_tests[1]
    for name in references:
        assert references[name] <= of_tests[0][name], name


def test_the_parse_by_default_is_within_that_of_tests(everything, of_tests):
    assert everything.returncode == 0, everything.output
    references, rest = found(everything.target)
    assert references != of_tests[0]
    assert_within((references, rest), of_tests)


def test_a_second_command_need_not_parse_again(everything):
    """dbt parses a project whole where it cannot load what it stored of the parse before."""
    import msgpack

    stored = (everything.target / "partial_parse.msgpack").read_bytes()
    assert msgpack.unpackb(stored, strict_map_key=True)["nodes"]


def test_the_parse_with_other_vars_is_within_that_of_tests(dbt_command, repository, of_tests):
    import yaml

    project = yaml.safe_load((repository / "dbt_project.yml").read_text(encoding="utf-8"))
    assert set(OTHER) | {"confidence_slope"} == set(project["vars"])
    ran = dbt_command(["parse"], vars=OTHER, name="parse-other")
    assert ran.returncode == 0, ran.output
    assert_within(found(ran.target), of_tests)


def test_a_slope_that_is_fitted_turns_a_reference_round(dbt_command, of_tests):
    vars = vars_to_parse_with({"confidence_slope": "auto"})
    ran = dbt_command(["parse"], vars=vars, name="parse-auto")
    assert ran.returncode == 0, ran.output
    references = found(ran.target)[0]
    assert {name for name in references if not references[name] <= of_tests[0][name]}


def test_a_project_that_does_not_parse_is_said_by_each_command(dbt_build, project_copy):
    model = project_copy / "models" / "pool" / "prompts.sql"
    model.write_text(model.read_text(encoding="utf-8") + "-- {{ ref('nowhere') }}")
    for _ in range(2):
        built = dbt_build(project=project_copy, only=["prompts"], check=False)
        assert built.returncode == 2
        assert "depends on a node named 'nowhere' which was not found" in built.output


def fail():
    raise ValueError("of this test")


def test_what_fails_before_dbt_starts_is_told(dbt_command):
    ran = dbt_command(["build", "--select", "stg_benchmarks"], before=fail)
    assert ran.returncode == 3
    assert "ValueError: of this test" in ran.output
