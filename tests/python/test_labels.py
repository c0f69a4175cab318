"""What a label is worth, against the scores of a judge that decide nothing."""

import csv
import math

import duckdb
import pandas
import pytest


@pytest.fixture(scope="module")
def judged_by_paper(dbt_build, judged_pool):
    """The database of the judged pool with the paper's figures."""
    return dbt_build(
        vars={"responses_path": str(judged_pool), "leaderboard": "paper"},
        name="judged-by-paper",
        only=["label_agreement", "quality_sensitivity"],
    ).database


@pytest.fixture(scope="module")
def candidates(repository, judged_pool):
    """One row per response: instruction, model, score, and the model's quality."""
    figures = pandas.read_csv(repository / "seeds" / "benchmark_scores.csv")
    wide = figures.pivot(index="model", columns="benchmark", values="score").astype(float)
    quality = ((wide - wide.min()) / (wide.max() - wide.min())).mean(axis=1)
    pool = pandas.read_json(judged_pool, lines=True)
    rows = pool.explode("completions")
    return pandas.DataFrame(
        {
            "instruction": rows["instruction"],
            "model": [completion["model"] for completion in rows["completions"]],
            "score": [completion["overall_score"] for completion in rows["completions"]],
            "quality": [quality[completion["model"]] for completion in rows["completions"]],
        }
    ).astype({"score": float})


def counts(pairs):
    """(pairs scored, ties, agreements) of pairs with columns score_chosen and score_rejected."""
    scored = pairs.dropna(subset=["score_chosen", "score_rejected"])
    ties = scored["score_chosen"] == scored["score_rejected"]
    agreements = scored["score_chosen"] > scored["score_rejected"]
    return len(scored), int(ties.sum()), int(agreements.sum())


def agreement(database, strategy):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(
            "select pairs_scored, ties, agreements from label_agreement "
            "where strategy = ? and gap_bucket = 'all'",
            [strategy],
        ).fetchone()


def test_agreement_of_all_pairs_is_as_pandas_counts_it(judged, candidates):
    pairs = candidates.merge(candidates, on="instruction", suffixes=("_chosen", "_rejected"))
    pairs = pairs[pairs["quality_chosen"] > pairs["quality_rejected"]]
    assert agreement(judged, "all_pairs") == counts(pairs)
    assert counts(pairs)[0] > 300


@pytest.mark.parametrize(("strategy", "rejected_place"), [("superiority", 1), ("contrast", -1)])
def test_agreement_of_a_strategy_is_as_pandas_counts_it(
    judged, candidates, strategy, rejected_place
):
    ranked = candidates.sort_values("quality", ascending=False).groupby("instruction")
    pairs = ranked["score"].agg(
        score_chosen=lambda scores: scores.iloc[0],
        score_rejected=lambda scores: scores.iloc[rejected_place],
    )
    assert agreement(judged, strategy) == counts(pairs)


def test_agreement_of_expected_pairs_is_as_pandas_counts_it(
    judged_by_paper, candidates, shared_data
):
    score = candidates.set_index(["instruction", "model"])["score"]
    expected = pandas.read_json(shared_data / "expected_pairs.jsonl", lines=True)
    for strategy in ("similarity", "hybrid"):
        pairs = pandas.DataFrame(
            {
                f"score_{side}": [
                    score[(row["instruction"], row[strategy][side])]
                    for _, row in expected.iterrows()
                ]
                for side in ("chosen", "rejected")
            }
        )
        assert agreement(judged_by_paper, strategy) == counts(pairs)


def test_the_slope_is_fitted_when_asked_for(dbt_build, judged_pool, judged):
    fitted = dbt_build(
        vars={"responses_path": str(judged_pool), "confidence_slope": "auto"}, name="fitted"
    ).database
    with duckdb.connect(str(judged), read_only=True) as connection:
        outcomes = connection.execute(
            "select quality_gap, outcome from int_scored_pairs where outcome <> 0.5"
        ).fetchall()
        pairs_by_default = connection.execute(
            "select pair_id from preference_pairs order by 1"
        ).fetchall()

    def log_loss(slope):
        return sum(
            math.log(1 + math.exp(-slope * gap if outcome else slope * gap))
            for gap, outcome in outcomes
        ) / len(outcomes)

    best = min((step / 20 for step in range(1000)), key=log_loss)
    with duckdb.connect(str(fitted), read_only=True) as connection:
        slope, slope_from, pairs_scored = connection.execute(
            "select distinct confidence_slope, confidence_slope_from, slope_pairs_scored "
            "from strategy_summary"
        ).fetchone()
        furthest = connection.execute(
            f"select max(abs(label_confidence - 1 / (1 + exp(-{best} * quality_gap)))) "
            "from preference_pairs"
        ).fetchone()[0]
        pairs = connection.execute("select pair_id from preference_pairs order by 1").fetchall()
    assert (slope, slope_from, pairs_scored) == (pytest.approx(best), "fitted", len(outcomes))
    assert furthest < 1e-8
    assert pairs == pairs_by_default


def test_a_pool_without_scores_keeps_the_default_slope(dbt_build):
    built = dbt_build(vars={"confidence_slope": "auto"}, name="unfitted")
    with duckdb.connect(str(built.database), read_only=True) as connection:
        assert connection.execute(
            "select distinct confidence_slope, confidence_slope_from, slope_pairs_scored "
            "from strategy_summary"
        ).fetchall() == [(4.0, "default", 0)]
        assert connection.execute("select count(*) from label_agreement").fetchone() == (0,)


def test_instance_baselines_take_the_best_score(judged, candidates):
    best = candidates.groupby("instruction")["score"].max()
    worst = candidates.groupby("instruction")["score"].min()
    with duckdb.connect(str(judged), read_only=True) as connection:
        pairs = connection.execute(
            "select prompt, chosen_score, rejected_score from instance_best_worst"
        ).fetchall()
        random_pairs = connection.execute(
            "select prompt, chosen_score, rejected_score from instance_best_random"
        ).fetchall()
    assert {prompt for prompt, _, _ in pairs} == set(best[best > worst].index)
    assert all(
        (chosen, rejected) == (best[prompt], worst[prompt]) for prompt, chosen, rejected in pairs
    )
    assert len(random_pairs) == len(pairs)
    assert all(
        chosen == best[prompt] and rejected < chosen for prompt, chosen, rejected in random_pairs
    )


def test_one_wrong_figure_shows_in_the_sensitivity(judged_by_paper):
    with duckdb.connect(str(judged_by_paper), read_only=True) as connection:
        rows = connection.execute(
            "select setting, changed_to, is_reversed, flips, round(quality_gap, 3) "
            "from quality_sensitivity where chosen_model = 'falcon-40b-instruct' "
            "and rejected_model = 'llama-2-13b-chat'"
        ).fetchall()
    reversed_by = {(setting, to) for setting, to, is_reversed, _, _ in rows if is_reversed}
    assert ("without_benchmark", "MMLU") in reversed_by
    assert {flips for _, _, _, flips, _ in rows} == {len(reversed_by)}
    assert {gap for *_, gap in rows} == {0.018}


def test_another_model_changes_no_order_under_chance(dbt_build, project_copy):
    def orders():
        built = dbt_build(
            # a missing figure's stand-in is the mean of a column, which another model moves
            vars={"normalization": "chance", "missing_scores": "shared_only"},
            name="one_more",
            project=project_copy,
            only=["preference_pairs"],
        )
        with duckdb.connect(str(built.database), read_only=True) as connection:
            return set(
                connection.execute(
                    "select chosen_model, rejected_model, quality_gap from model_pairs"
                ).fetchall()
            ), connection.execute("select pair_id from preference_pairs order by 1").fetchall()

    before, pairs_before = orders()
    seed = project_copy / "seeds" / "benchmark_scores.csv"
    with seed.open(newline="", encoding="utf-8") as file:
        benchmarks = {row["benchmark"] for row in csv.DictReader(file)}
    with seed.open("a", encoding="utf-8") as file:
        for benchmark in sorted(benchmarks):
            file.write(f"newcomer,{benchmark},{0.9 if benchmark == 'MMLU-Pro' else 99},test\n")
    after, pairs_after = orders()
    assert len(after) > len(before)
    assert before <= after
    assert pairs_before == pairs_after
