"""A pool that grows, changes and shrinks ends where a build from nothing ends."""

import json
import os
import random
from functools import partial

import duckdb
import pytest

MODELS = ["gpt-4", "vicuna-33b", "alpaca-7b", "bard", "someone-else"]
PUBLIC = [
    "behavior_scores",
    "model_quality",
    "model_similarity",
    "model_pairs",
    "responses",
    "prompts",
    "quarantined_responses",
    "candidate_sets",
    "pair_rules",
    "preference_pairs",
    "abstentions",
    "preferences",
]


def contents(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        return {
            name: connection.execute(f"select * from {name} order by all").fetchall()
            for name in PUBLIC
        }


@pytest.fixture(scope="module")
def grown(dbt_build):
    """Build the pool of a folder; with tests, or only some relations, where told to."""

    def build(folder, name, *, args=(), only=PUBLIC, **vars):
        return dbt_build(
            vars={"responses_path": f"{folder}/*.jsonl", **vars}, name=name, args=args, only=only
        )

    return build


def write_file(path, generator):
    rows = [
        {
            "prompt": f"prompt {generator.randrange(12)}",
            "model": generator.choice(MODELS),
            "response": f"answer {generator.randrange(6)}",
        }
        for _ in range(generator.randrange(1, 25))
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def files_read(ran):
    compiled = (
        ran.target / "compiled" / "zebra" / "models" / "staging" / "stg_pool_responses.sql"
    ).read_text(encoding="utf-8")
    return compiled.count("read_json(")


def test_a_random_sequence_of_changes_ends_as_a_build_from_nothing(grown, tmp_path):
    generator = random.Random(20250218)
    paths = [tmp_path / f"part-{number}.jsonl" for number in range(5)]
    write_file(paths[0], generator)
    for _ in range(5):
        for path in generator.sample(paths[1:], 2):
            if path.exists() and generator.random() < 0.5:
                path.unlink()
            else:
                write_file(path, generator)
        grown(tmp_path, "grown")
    by_steps = contents(grown(tmp_path, "grown", only=()).database)
    at_once = contents(grown(tmp_path, "at-once").database)
    assert by_steps["preference_pairs"]
    assert by_steps == at_once
    refreshed = grown(tmp_path, "grown", args=["--full-refresh"])
    assert files_read(refreshed) == len(list(tmp_path.glob("*.jsonl")))
    assert contents(refreshed.database) == at_once


def test_only_what_is_new_or_changed_is_read(grown, tmp_path):
    grown = partial(grown, only=["stg_pool_responses", "preference_pairs"])
    generator = random.Random(1)
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    write_file(first, generator)
    assert files_read(grown(tmp_path, "reads")) == 1
    write_file(second, generator)
    assert files_read(grown(tmp_path, "reads")) == 1
    assert files_read(grown(tmp_path, "reads")) == 0
    assert files_read(grown(tmp_path, "reads", normalization="rank", pairs_per_prompt=2)) == 0
    second.write_text(second.read_text() + '{"prompt": "p", "model": "bard", "response": "r"}\n')
    assert files_read(grown(tmp_path, "reads")) == 1
    second.unlink()
    unchanged = grown(tmp_path, "reads")
    assert files_read(unchanged) == 0
    with duckdb.connect(str(unchanged.database), read_only=True) as connection:
        files = connection.execute("select distinct source_file from stg_pool_responses")
        assert files.fetchall() == [(str(first),)]


def test_an_unchanged_file_is_not_opened(grown, tmp_path):
    path = tmp_path / "a.jsonl"
    grown = partial(grown, only=["responses"])
    path.write_text('{"prompt": "p", "model": "bard", "response": "one"}\n')
    grown(tmp_path, "unopened")
    stat = path.stat()
    # Were it read again, the other text would show.
    path.write_text('{"prompt": "p", "model": "bard", "response": "two"}\n')
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    again = grown(tmp_path, "unopened")
    with duckdb.connect(str(again.database), read_only=True) as connection:
        assert connection.execute("select response from responses").fetchall() == [("one",)]


def test_a_database_of_another_version_is_built_upon(grown, tmp_path):
    """Its seeds and its stored pool have other columns."""
    write_file(tmp_path / "pool.jsonl", random.Random(1))
    built = grown(tmp_path, "other-version", only=["responses"])
    with duckdb.connect(str(built.database)) as connection:
        before = connection.execute("select * from responses order by all").fetchall()
        connection.execute("alter table model_aliases drop column model")
        connection.execute("alter table stg_pool_responses drop column is_unreadable_text")
        connection.execute("alter table stg_pool_responses add column other string")
    again = grown(tmp_path, "other-version", only=["responses"])
    with duckdb.connect(str(again.database), read_only=True) as connection:
        assert before == connection.execute("select * from responses order by all").fetchall()
        columns = connection.execute(
            "select column_name from (describe stg_pool_responses) "
            "where column_name in ('other', 'is_unreadable_text')"
        ).fetchall()
        assert columns == [("is_unreadable_text",)]
