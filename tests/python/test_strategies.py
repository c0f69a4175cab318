"""Strategies come from configuration alone."""

import json

import duckdb
import pytest
import yaml


def strategies(repository):
    return yaml.safe_load((repository / "dbt_project.yml").read_text())["vars"]["strategies"]


NAMES = ["pair", "set", "rules", "select"]


@pytest.fixture(scope="module")
def added(dbt_build, repository):
    """The sample with strategies besides those that ship, and a split."""
    return dbt_build(
        vars={
            "strategies": {
                **strategies(repository),
                "cautious": {"where": "win_share = 1", "order_by": "quality_gap"},
                **{name: {"order_by": "similarity desc"} for name in NAMES},
            },
            "test_fraction": 0.3,
        },
        name="added",
    ).database


@pytest.fixture(scope="module")
def three(dbt_build):
    """The sample with three pairs of each prompt, and the same split."""
    return dbt_build(vars={"pairs_per_prompt": 3, "test_fraction": 0.3}, name="three").database


def test_a_strategy_that_a_user_adds_appears_in_preferences(added, repository):
    names = rows(added, "select distinct strategy from preferences order by 1")
    assert [name for (name,) in names] == sorted([*strategies(repository), "cautious", *NAMES])
    broken = """
        select count(*) from preferences
        inner join model_pairs using (chosen_model, rejected_model)
        where strategy = 'cautious' and win_share < 1
    """
    assert rows(added, broken) == [(0,)]


@pytest.mark.parametrize("name", NAMES)
def test_a_strategy_may_have_any_name(added, name):
    pairs = "select chosen_response_id, rejected_response_id from preferences where strategy = "
    assert rows(added, f"{pairs} '{name}' order by all")
    assert rows(added, f"{pairs} '{name}' order by all") == rows(
        added, f"{pairs} '{NAMES[0]}' order by all"
    )


def test_pairs_per_prompt_takes_the_next_pairs_too(three):
    ((most, first),) = rows(
        three, "select max(pair_rank), count(*) filter (where pair_rank = 1) from preference_pairs"
    )
    assert most == 3
    assert rows(three, "select count(distinct (strategy, prompt_id)) from preference_pairs") == [
        (first,)
    ]


def test_the_test_split_is_the_same_in_every_strategy_and_build(added, three):
    splits = [
        rows(
            database,
            "select prompt_id, any_value(split), count(distinct split) "
            "from preference_pairs group by prompt_id order by prompt_id",
        )
        for database in (added, three)
    ]
    assert splits[0] == splits[1]
    assert {n_splits for _, _, n_splits in splits[0]} == {1}
    assert {split for _, split, _ in splits[0]} == {"train", "test"}


FOUR_MODELS = ["gpt-4", "vicuna-33b", "alpaca-7b", "pythia-12b"]


def write_pool(path, n_prompts, response=lambda number, model: f"{model} on {number}"):
    with path.open("w", encoding="utf-8") as file:
        for number in range(n_prompts):
            for model in FOUR_MODELS:
                text = response(number, model)
                row = {"prompt": f"prompt {number}", "model": model, "response": text}
                file.write(json.dumps(row) + "\n")
    return str(path)


def rows(database, query):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def of_600_prompts(dbt_build, tmp_path_factory):
    path = write_pool(tmp_path_factory.mktemp("of-600") / "pool.jsonl", 600)
    return dbt_build(
        vars={
            "responses_path": path,
            "strategies": {
                "any": {"draw": True},
                "every": {"order_by": "quality_gap", "pairs_per_prompt": "all"},
                "two": {"order_by": "quality_gap", "pairs_per_prompt": 2},
                "one": {"order_by": "quality_gap"},
            },
        },
        name="of-600",
    ).database


def test_a_drawing_strategy_takes_all_pairs_about_as_often(of_600_prompts):
    counts = rows(
        of_600_prompts,
        "select count(*) from preference_pairs where strategy = 'any' "
        "group by chosen_model, rejected_model",
    )
    assert len(counts) == 6
    assert all(60 < count < 140 for (count,) in counts)


def test_all_pairs_of_a_prompt_can_be_taken(of_600_prompts):
    found = rows(of_600_prompts, "select strategy, count(*) from preference_pairs group by 1")
    assert dict(found) == {"any": 600, "every": 3600, "two": 1200, "one": 600}


def test_no_model_is_chosen_in_more_than_its_share(dbt_build, tmp_path):
    best_against_next = {"order_by": ["chosen_rank", "rejected_rank"]}
    built = dbt_build(
        vars={
            "responses_path": write_pool(tmp_path / "pool.jsonl", 90),
            "strategies": {
                "free": best_against_next,
                "third": {**best_against_next, "max_model_share": 0.34},
                "half": {**best_against_next, "max_model_share": 0.5},
                "drawn": {"draw": True, "max_model_share": 0.34},
                "impossible": {**best_against_next, "max_model_share": 0.2},
            },
        },
        name="share",
    )
    chosen = rows(
        built.database,
        "select strategy, chosen_model, count(*) from preference_pairs group by all",
    )
    counts = {(strategy, model): count for strategy, model, count in chosen}
    # pythia-12b is the worst of the four, so three models can be chosen
    assert counts["free", "gpt-4"] == 90
    assert [counts["third", model] for model in FOUR_MODELS[:3]] == [30, 30, 30]
    assert [counts["half", model] for model in FOUR_MODELS[:2]] == [45, 45]
    assert max(count for (strategy, _), count in counts.items() if strategy == "drawn") <= 30
    assert not [strategy for strategy, _ in counts if strategy == "impossible"]
    # who moves on takes the best pair with the other chosen model
    assert rows(
        built.database,
        "select distinct chosen_model, rejected_model from preference_pairs "
        "where strategy = 'third' order by all",
    ) == [("alpaca-7b", "pythia-12b"), ("gpt-4", "vicuna-33b"), ("vicuna-33b", "alpaca-7b")]
    assert rows(
        built.database, "select strategy, reason, count(*) from abstentions group by all"
    ) == [("impossible", "model_share", 90)]


def test_pairs_of_unlike_length_give_way(dbt_build, tmp_path):
    lengths = {"gpt-4": 100, "vicuna-33b": 210, "alpaca-7b": 400, "pythia-12b": 40}
    path = write_pool(tmp_path / "pool.jsonl", 3, lambda number, model: model[0] * lengths[model])
    built = dbt_build(
        vars={
            "responses_path": path,
            "strategies": {
                "twice": {"order_by": "quality_gap desc", "max_length_ratio": 2},
                "even": {"order_by": "quality_gap desc", "max_length_ratio": 1.5},
            },
        },
        name="lengths",
    )
    assert rows(
        built.database,
        "select distinct strategy, chosen_model, rejected_model from preference_pairs",
    ) == [("twice", "vicuna-33b", "alpaca-7b")]
    assert rows(
        built.database, "select strategy, reason, count(*) from abstentions group by all"
    ) == [("even", "length_ratio", 3)]


def test_a_share_costs_no_prompt_that_another_model_could_serve(dbt_build, tmp_path):
    """Each could be chosen for a third of the prompts, and every prompt has a choice of two."""
    path = tmp_path / "pool.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(90):
            models = FOUR_MODELS if number % 3 else ["gpt-4", "vicuna-33b", "pythia-12b"]
            for model in models:
                row = {"prompt": f"p{number}", "model": model, "response": f"{model} {number}"}
                file.write(json.dumps(row) + "\n")
    built = dbt_build(
        vars={
            "responses_path": str(path),
            "strategies": {
                "third": {"order_by": ["chosen_rank", "rejected_rank"], "max_model_share": 0.34},
            },
        },
        name="share_of_all",
    )
    assert rows(built.database, "select count(*) from preference_pairs") == [(90,)]
    assert rows(
        built.database, "select max(times_chosen) from model_balance where strategy = 'third'"
    ) == [(30,)]
