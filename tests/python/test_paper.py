"""The method against what its authors' release decides, on real responses."""

import json

import duckdb
import pytest


@pytest.fixture(scope="module")
def built(dbt_build, shared_data):
    return dbt_build(
        vars={
            "leaderboard": "paper",
            "responses_path": str(shared_data / "ultrafeedback_sample.jsonl"),
        },
        name="paper",
    )


@pytest.fixture(scope="module")
def expected(shared_data):
    lines = (shared_data / "expected_pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("strategy", ["superiority", "similarity", "hybrid"])
def test_pairs_equal_those_of_the_release(built, expected, strategy):
    with duckdb.connect(str(built.database), read_only=True) as connection:
        rows = connection.execute(
            f"select prompt, chosen_model, rejected_model, similarity from preferences_{strategy}"
        ).fetchall()
    pairs = {prompt: (chosen, rejected) for prompt, chosen, rejected, _ in rows}
    similarities = {prompt: similarity for prompt, _, _, similarity in rows}
    assert len(rows) == len(expected) == 200
    for row in expected:
        wanted = row[strategy]
        prompt = row["instruction"]
        assert pairs[prompt] == (wanted["chosen"], wanted["rejected"]), prompt
        assert similarities[prompt] == pytest.approx(wanted["similarity"], abs=1e-6), prompt


def test_every_response_of_the_sample_is_used(built):
    with duckdb.connect(str(built.database), read_only=True) as connection:
        counts = connection.execute(
            "select (select count(*) from responses), (select count(*) from quarantined_responses)"
        ).fetchone()
    assert counts == (800, 0)
