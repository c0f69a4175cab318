"""The figures of docs/strategies.md are those of the pool that they are measured on."""

import json
import math
import os
import shlex
import subprocess

import duckdb
import pytest


def tables(page):
    """The page's tables as lists of rows, a row as its cells, without the header."""
    found, rows = [], []
    for line in [*page.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            found.append(rows[2:])
            rows = []
    return found


SUMMARY = """
    select strategy, cast(pairs as varchar), printf('%.3f', mean_similarity),
        printf('%.3f', mean_quality_gap), printf('%.2f', expected_agreement),
        printf('%.2f', unstable_share), printf('%.2f', chosen_longer_share),
        top_chosen_model, printf('%.2f', top_chosen_share)
    from strategy_summary
"""
AGREEMENT = """
    select {name}, cast(pairs_scored as varchar), cast(ties as varchar),
        cast(agreements as varchar), coalesce(printf('%.2f', expected_agreement), '-'),
        printf('%.2f', agreement), printf('%.2f', agreement_low), printf('%.2f', agreement_high)
    from label_agreement where {rows}
"""


@pytest.mark.parametrize(
    ("place", "query"),
    [
        (1, SUMMARY),
        (2, AGREEMENT.format(name="strategy", rows="gap_bucket = 'all'")),
        (
            3,
            AGREEMENT.format(
                name="gap_bucket", rows="strategy = 'all_pairs' and gap_bucket <> 'all'"
            ),
        ),
    ],
)
def test_the_figures_are_measured(judged, repository, place, query):
    page = (repository / "docs" / "strategies.md").read_text(encoding="utf-8")
    with duckdb.connect(str(judged), read_only=True) as connection:
        measured = [list(row) for row in connection.execute(query).fetchall()]
    assert sorted(tables(page)[place]) == sorted(measured)


def test_every_strategy_that_ships_is_on_the_page(repository):
    import yaml

    page = (repository / "docs" / "strategies.md").read_text(encoding="utf-8")
    project = yaml.safe_load((repository / "dbt_project.yml").read_text(encoding="utf-8"))
    named = [row[0].strip("`") for row in tables(page)[0]]
    assert named == list(project["vars"]["strategies"])


def prose(repository):
    return " ".join((repository / "docs" / "strategies.md").read_text(encoding="utf-8").split())


def test_the_figures_in_the_prose_are_measured(judged, repository):
    page = prose(repository)
    with duckdb.connect(str(judged), read_only=True) as connection:

        def measured(query):
            return connection.execute(query).fetchone()

        wrong, decided, gap = measured(
            "select count(*) filter (where outcome = 0), count(*), any_value(quality_gap) "
            "from int_scored_pairs where outcome <> 0.5 "
            "and chosen_model = 'llama-2-13b-chat' and rejected_model = 'falcon-40b-instruct'"
        )
        (narrowest,) = measured(
            "select count(*) from int_scored_pairs where outcome <> 0.5 and quality_gap <= 0.05"
        )
        slope, loss, default_loss = measured(
            "select fitted_slope, fitted_log_loss, default_log_loss from label_calibration"
        )
        fewest, most = measured(
            "select min(pairs_scored - ties), max(pairs_scored - ties) from label_agreement "
            "where gap_bucket = 'all' and not is_baseline"
        )
        turned = connection.execute(
            "select changed_to from quality_sensitivity where is_reversed "
            "and chosen_model = 'llama-2-13b-chat' and rejected_model = 'falcon-40b-instruct'"
        ).fetchall()
        abstained = dict(
            connection.execute("select strategy, count(*) from abstentions group by 1").fetchall()
        )
    assert f"stands {gap:.3f} above" in page
    assert narrowest == decided
    assert f"agrees in {decided - wrong} of {decided} cases" in page
    assert f"here {slope:.2f} against the default of 4; mean log loss {loss:.3f} against" in page
    assert f"{default_loss:.3f})" in page
    assert f"is {fewest} to {most} pairs" in page
    assert sorted(turned) == [("IFEval",), ("rank",)]
    assert abstained == {"trusted": 3}


def test_likeness_and_gap_correlate_as_the_page_says(judged, repository):
    with duckdb.connect(str(judged), read_only=True) as connection:
        n_pairs, correlation = connection.execute(
            "select count(*), corr(similarity, quality_gap) from model_pairs"
        ).fetchone()
    assert (
        f"over the {n_pairs} pairs of models of the seeds, similarity and gap correlate at "
        f"{correlation:.2f}"
    ) in prose(repository)


def test_more_is_promised_than_given_where_the_page_says(judged):
    with duckdb.connect(str(judged), read_only=True) as connection:
        rows = connection.execute(
            "select strategy, gap_bucket from label_agreement where expected_agreement > agreement "
            "and (gap_bucket = 'all' or strategy = 'all_pairs')"
        ).fetchall()
    assert sorted(rows) == [
        ("all_pairs", "0.05 to 0.10"),
        ("similarity", "all"),
        ("superiority", "all"),
    ]


def test_a_guard_is_compared_by_figures(judged, repository):
    page = prose(repository)
    with duckdb.connect(str(judged), read_only=True) as connection:
        found = {
            strategy: row
            for strategy, *row in connection.execute(
                "select strategy, unstable_share, mean_similarity, agreements, pairs_scored - ties "
                "from strategy_summary inner join label_agreement using (strategy) "
                "where gap_bucket = 'all'"
            ).fetchall()
        }
    trusted, superiority, hybrid = (found[name] for name in ("trusted", "superiority", "hybrid"))
    assert trusted[0] == 0
    assert f"against {superiority[0]:.2f} of those of `superiority`" in page
    assert f"and {hybrid[0]:.2f} of those of `hybrid`" in page
    assert f"({trusted[1]:.3f} against {superiority[1]:.3f})" in page
    assert f"those of `hybrid` ({hybrid[1]:.3f})" in page
    assert f"{trusted[2]} of {trusted[3]} and the {superiority[2]} of {superiority[3]} of" in page


def test_the_weighted_strategy_is_compared_by_its_pairs(judged, repository):
    with duckdb.connect(str(judged), read_only=True) as connection:
        other, prompts = connection.execute(
            "select count(*) filter (where pairs.pair_rule <> others.pair_rule), count(*) from "
            "(select prompt_id, chosen_model || '|' || rejected_model as pair_rule "
            "from preference_pairs where strategy = 'weighted') as pairs inner join "
            "(select prompt_id, chosen_model || '|' || rejected_model as pair_rule "
            "from preference_pairs where strategy = 'hybrid') as others using (prompt_id)"
        ).fetchone()
    assert (other, prompts) == (1, 200)
    assert "another pair than `hybrid` for one prompt of the 200" in prose(repository)


def test_length_is_compared_on_the_same_pairs(judged, repository):
    with duckdb.connect(str(judged), read_only=True) as connection:
        (by_length, n_by_length), (by_quality, n_by_quality) = connection.execute(
            "select agreement, pairs_scored from label_agreement where gap_bucket = 'all' "
            "and strategy in ('longer_wins', 'all_pairs') order by strategy desc"
        ).fetchall()
    assert n_by_quality - n_by_length == 1
    assert f"`all_pairs`, {by_length:.2f} against {by_quality:.2f}" in prose(repository)


def test_the_scores_are_what_the_page_says(judged, repository):
    page = prose(repository)
    with duckdb.connect(str(judged), read_only=True) as connection:
        others = connection.execute(
            "select score, count(*) from int_scored_responses where score not in (0, 1) group by 1"
        ).fetchall()
        held = connection.execute(
            "select score, count(*) from int_scored_pairs as pairs "
            "inner join int_scored_responses as responses on pairs.prompt_id = responses.prompt_id "
            "and responses.model in (pairs.chosen_model, pairs.rejected_model) "
            "where score not in (0, 1) group by 1"
        ).fetchall()
        ties, scored = connection.execute(
            "select ties, pairs_scored from label_agreement "
            "where strategy = 'all_pairs' and gap_bucket = 'all'"
        ).fetchone()
        with_baseline, prompts, fitted_on = connection.execute(
            "select (select count(*) from instance_best_worst), (select count(*) from prompts), "
            "(select any_value(slope_pairs_scored) from strategy_summary)"
        ).fetchone()
    assert sorted(others) == [(-1, 3), (0.5, 1)]
    assert held == [(-1, 5)]
    assert f"are ties, {ties} of {scored}," in page
    assert f"here {with_baseline} of {prompts}," in page
    assert f"(`slope_pairs_scored`, here {fitted_on})" in page


def test_the_slopes_of_other_normalisations_are_measured(judged, repository):
    with duckdb.connect(str(judged), read_only=True) as connection:
        outcomes = connection.execute(
            """
            with qualities as (
                select normalization, model, sum(weight * score) / sum(weight) as quality
                from int_scores_by_normalization group by all
            )
            select better.normalization, better.quality - worse.quality, a.score > b.score
            from int_scored_responses as a
            inner join int_scored_responses as b on a.prompt_id = b.prompt_id and a.score <> b.score
            inner join qualities as better on a.model = better.model
            inner join qualities as worse on b.model = worse.model
                and better.normalization = worse.normalization and better.quality > worse.quality
            """
        ).fetchall()

    def fitted(normalization):
        pairs = [row[1:] for row in outcomes if row[0] == normalization]

        def log_loss(slope):
            return sum(
                math.log(1 + math.exp(-slope * gap if is_right else slope * gap))
                for gap, is_right in pairs
            )

        return min((step / 20 for step in range(300)), key=log_loss)

    assert (
        f"{fitted('minmax'):g} fits `minmax`, {fitted('chance'):g} `chance` and "
        f"{fitted('zscore'):g} `zscore`"
    ) in prose(repository)


def test_baselines_and_strategies_are_exported_on_the_same_prompts(judged, repository, tmp_path):
    """The page's commands, as they stand there."""
    page = (repository / "docs" / "strategies.md").read_text(encoding="utf-8")
    commands = page.split("```sh\n")[1].split("```")[0].replace("\\\n", " ").splitlines()
    assert len(commands) == 2
    prompts = []
    for command in commands:
        words = shlex.split(command)
        subprocess.run(
            words, cwd=tmp_path, env={**os.environ, "ZEBRA_DATABASE": str(judged)}, check=True
        )
        with (tmp_path / words[words.index("-o") + 1]).open(encoding="utf-8") as file:
            prompts.append({json.dumps(json.loads(line)["prompt"]) for line in file})
    assert prompts[0] == prompts[1]
    assert len(prompts[0]) > 50
