"""What the pool says of its responses' worth never reaches a decision."""

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


def test_scores_are_carried_along(dbt_build, tmp_path):
    path = write_pool(tmp_path / "pool.jsonl", lambda number, model: "N/A" if number else 4.5)
    built = dbt_build(vars={"responses_path": path}, name="carried", only=["responses"])
    with duckdb.connect(str(built.database), read_only=True) as connection:
        scores = connection.execute("select score, count(*) from responses group by 1 order by 1")
        assert scores.fetchall() == [(4.5, 3), (None, 117)]
