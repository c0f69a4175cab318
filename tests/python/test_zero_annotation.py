"""What the pool, or a judge, says of its responses' worth never reaches a decision."""

import csv
import json
import random

import duckdb

MODELS = ["gpt-4", "vicuna-33b", "alpaca-7b", "falcon-40b-instruct", "ultralm-13b"]
DECISIONS = ["pair_rules", "preference_pairs", "abstentions", "candidate_sets"]


def write_pool(path, score_of):
    generator = random.Random(7)
    with path.open("w", encoding="utf-8") as file:
        for number in range(40):
            for model in generator.sample(MODELS, 3):
                row = {
                    "prompt": f"prompt {number}",
                    "model": model,
                    "response": f"answer of {model} to {number}",
                    "score": score_of(number, model),
                }
                file.write(json.dumps(row) + "\n")
    return str(path)


def decisions(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        return {
            name: connection.execute(f"select * from {name} order by all").fetchall()
            for name in DECISIONS
        }


def test_scores_change_no_pair(dbt_build, tmp_path):
    favourites = {model: 10.0 - 2 * place for place, model in enumerate(MODELS)}
    by_rank = write_pool(tmp_path / "a.jsonl", lambda number, model: favourites[model])
    reversed_ = write_pool(tmp_path / "b.jsonl", lambda number, model: -favourites[model])
    without = write_pool(tmp_path / "c.jsonl", lambda number, model: None)
    built = [
        decisions(dbt_build(vars={"responses_path": path}, name="scores", only=DECISIONS).database)
        for path in (by_rank, reversed_, without)
    ]
    assert built[0]["preference_pairs"]
    assert built[0] == built[1] == built[2]


def write_sheet(path, database, verdict):
    """All of the audit sheet judged the same."""
    with duckdb.connect(str(database), read_only=True) as connection:
        keys = connection.execute("select key from audit_sample").fetchall()
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("key", "verdict"), *((key, verdict) for (key,) in keys)])
    return str(path)


def test_verdicts_change_no_pair(dbt_build, tmp_path):
    pool = {"responses_path": write_pool(tmp_path / "pool.jsonl", lambda number, model: None)}
    only = [*DECISIONS, "audit_sample", "label_agreement"]

    def build(**vars):
        database = dbt_build(vars={**pool, **vars}, name="verdicts", only=only).database
        with duckdb.connect(str(database), read_only=True) as connection:
            measured = connection.execute("select * from label_agreement order by all").fetchall()
        return database, decisions(database), measured

    database, without, _ = build()
    sheets = [write_sheet(tmp_path / f"{verdict}.csv", database, verdict) for verdict in "ab"]
    _, for_a, agreement_with_a = build(audit_path=sheets[0])
    _, for_b, agreement_with_b = build(audit_path=sheets[1])
    assert without["preference_pairs"]
    assert without == for_a == for_b
    assert agreement_with_a and agreement_with_b and agreement_with_a != agreement_with_b


def test_scores_are_carried_along(dbt_build, tmp_path):
    path = write_pool(tmp_path / "pool.jsonl", lambda number, model: "N/A" if number else 4.5)
    built = dbt_build(vars={"responses_path": path}, name="carried", only=["responses"])
    with duckdb.connect(str(built.database), read_only=True) as connection:
        scores = connection.execute("select score, count(*) from responses group by 1 order by 1")
        assert scores.fetchall() == [(4.5, 3), (None, 117)]
