"""Strategies come from configuration alone."""

import duckdb
import yaml


def strategies(repository):
    return yaml.safe_load((repository / "dbt_project.yml").read_text())["vars"]["strategies"]


def test_a_strategy_that_a_user_adds_appears_in_preferences(dbt_build, repository):
    added = {
        **strategies(repository),
        "cautious": {"where": "win_share = 1", "order_by": "quality_gap"},
    }
    built = dbt_build(vars={"strategies": added}, name="seventh")
    with duckdb.connect(str(built.database), read_only=True) as connection:
        names = connection.execute("select distinct strategy from preferences order by 1")
        assert "cautious" in [name for (name,) in names.fetchall()]
        broken = connection.execute(
            """
            select count(*) from preferences
            inner join model_pairs using (chosen_model, rejected_model)
            where strategy = 'cautious' and win_share < 1
            """
        )
        assert broken.fetchone() == (0,)


def test_pairs_per_prompt_takes_the_next_pairs_too(dbt_build):
    built = dbt_build(vars={"pairs_per_prompt": 3}, name="three")
    with duckdb.connect(str(built.database), read_only=True) as connection:
        most, first = connection.execute(
            "select max(pair_rank), count(*) filter (where pair_rank = 1) from preference_pairs"
        ).fetchone()
        prompts = connection.execute(
            "select count(distinct (strategy, prompt_id)) from preference_pairs"
        ).fetchone()[0]
    assert most == 3
    assert first == prompts


def test_the_test_split_is_the_same_in_every_strategy_and_build(dbt_build):
    splits = []
    for name in ("split_once", "split_again"):
        built = dbt_build(vars={"test_fraction": 0.3}, name=name)
        with duckdb.connect(str(built.database), read_only=True) as connection:
            splits.append(
                connection.execute(
                    "select prompt_id, any_value(split), count(distinct split) "
                    "from preference_pairs group by prompt_id order by prompt_id"
                ).fetchall()
            )
    assert splits[0] == splits[1]
    assert {n_splits for _, _, n_splits in splits[0]} == {1}
    assert {split for _, split, _ in splits[0]} == {"train", "test"}
