"""Figures that are doubtful or differ elsewhere: found, said, left out if asked."""

import duckdb
import pytest

OF_FIGURES = ["doubtful_figures", "figures_elsewhere"]
CHEAT = "qingy2024/Benchmaxx-Llama-3.2-1B-Instruct"


def rows(database, query):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def paper(dbt_build):
    """The sample with the paper's own table."""
    only = [*OF_FIGURES, "int_pool_models", "model_quality"]
    return dbt_build(vars={"leaderboard": "paper"}, only=only, name="doubts-paper")


@pytest.fixture(scope="module")
def board(dbt_build):
    """A board of 4,492 models."""
    only = [*OF_FIGURES, "model_quality"]
    return dbt_build(vars={"leaderboard": "open_llm_v2"}, only=only, name="doubts-board").database


@pytest.fixture(scope="module")
def without_doubts(dbt_build):
    """The same without its doubtful figures."""
    vars = {"leaderboard": "open_llm_v2", "doubts": "leave_out"}
    only = ["model_quality", "behavior_scores"]
    return dbt_build(vars=vars, only=only, name="doubts-left-out").database


def test_figures_of_the_paper_that_are_off_the_line(paper):
    found = rows(
        paper.database,
        "select model, benchmark, round(deviation, 1) from doubtful_figures "
        "where reason = 'off_the_line'",
    )
    assert set(found) == {
        ("starchat", "ARC-Challenge", -5.6),
        ("mpt-30b-chat", "ARC-Challenge", 5.4),
        ("wizardlm-7b", "ARC-Challenge", -4.0),
    }


def test_figures_of_the_paper_that_are_at_chance(paper):
    found = rows(
        paper.database,
        "select model, benchmark, score from doubtful_figures where reason = 'at_chance'",
    )
    assert set(found) == {
        ("alpaca-7b", "HellaSwag", 23.6),
        ("mpt-30b-chat", "HellaSwag", 24.53),
        ("starchat", "HellaSwag", 25.4),
        ("pythia-12b", "HellaSwag", 25.6),
        ("starchat", "ARC-Easy", 16.96),
        ("pythia-12b", "ARC-Easy", 24.49),
    }


@pytest.mark.parametrize(
    ("model", "benchmark", "deviation"),
    [("microsoft/phi-4", "IFEval", -4.3), (CHEAT, "BBH", 9.7)],
)
def test_figures_of_a_large_board_that_are_off_the_line(board, model, benchmark, deviation):
    assert rows(
        board,
        "select round(deviation, 1), reason from doubtful_figures "
        f"where model = '{model}' and benchmark = '{benchmark}'",
    ) == [(deviation, "off_the_line")]


def test_figures_of_small_models_are_rightly_at_chance(board):
    at_chance = """
        select count(*), count(*) filter (where expected_score < chance + 0.1 * (ceiling - chance))
        from int_expected_figures
        where (raw_score - chance) / (ceiling - chance) <= 0.02
    """
    ((figures, expected_there),) = rows(board, at_chance)
    ((in_doubt,),) = rows(board, "select count(*) from doubtful_figures where reason = 'at_chance'")
    assert figures > 2500
    assert in_doubt == figures - expected_there < 150


def test_the_line_does_not_depend_on_the_normalisation(dbt_build, paper):
    vars = {"leaderboard": "paper", "normalization": "rank", "doubts": "leave_out"}
    built = dbt_build(vars=vars, only=["doubtful_figures", "model_quality"], name="doubts-by-rank")
    query = "select * from doubtful_figures order by all"
    assert rows(built.database, query) == rows(paper.database, query)


def test_a_figure_of_another_model_is_named(paper):
    assert rows(
        paper.database,
        "select model, score, score_there, difference, same_as_model from figures_elsewhere "
        "where benchmark = 'IFEval' and leaderboard = 'open_llm_v2' and model like 'llama%' "
        "order by score desc",
    ) == [
        ("llama-2-7b-chat", 25.19, 39.86, -14.67, "meta-llama/Llama-2-7b-hf"),
        ("llama-2-13b-chat", 24.82, 39.85, -15.03, "meta-llama/Llama-2-13b-hf"),
        ("llama-2-70b-chat", 24.07, 49.58, -25.51, "meta-llama/Llama-2-70b-hf"),
    ]


def test_a_figure_that_the_line_cannot_see_differs_elsewhere(board):
    of_llama = "model = 'meta-llama/Llama-3.1-8B-Instruct' and benchmark = 'IFEval'"
    assert rows(
        board,
        "select score, leaderboard, score_there, difference from figures_elsewhere "
        f"where {of_llama} and leaderboard = 'helm_capabilities'",
    ) == [(49.22, "helm_capabilities", 74.3, -25.1)]
    assert rows(board, f"select count(*) from doubtful_figures where {of_llama}") == [(0,)]


def test_a_board_is_not_compared_with_itself(board, paper):
    for database, name in ((board, "open_llm_v2"), (paper.database, "paper")):
        leaderboards = rows(database, "select distinct leaderboard from figures_elsewhere")
        assert leaderboards and (name,) not in leaderboards


def test_leaving_doubts_out_lifts_no_cheat(board, without_doubts):
    of_cheat = (
        f"select quality, quality_rank, n_benchmarks from model_quality where model = '{CHEAT}'"
    )
    ((quality, rank, benchmarks),) = rows(board, of_cheat)
    ((quality_then, rank_then, benchmarks_then),) = rows(without_doubts, of_cheat)
    assert (benchmarks, benchmarks_then) == (6, 2)
    assert quality_then < quality and rank_then > rank


def test_doubts_are_the_same_where_they_are_left_out(board, without_doubts):
    query = "select * from doubtful_figures order by all"
    assert rows(without_doubts, query) == rows(board, query)
    used = """
        select count(*) from behavior_scores
        semi join doubtful_figures using (model, benchmark)
        where not is_imputed
    """
    assert rows(without_doubts, used) == [(0,)]


def test_what_the_page_says_was_found_is_found(paper, board, repository):
    page = (repository / "docs" / "leaderboards.md").read_text(encoding="utf-8")
    page = " ".join(page.split())
    of_doubts = """
        select count(*), count(*) filter (where reason = 'off_the_line'),
            count(*) filter (where reason = 'at_chance'),
            count(*) filter (where benchmark = 'MATH Level 5' and reason = 'off_the_line'),
            (select count(*) from int_expected_figures)
        from doubtful_figures
    """
    doubts, off, at_chance, mathematics, figures = rows(board, of_doubts)[0]
    of_all = f"{doubts} of {figures:,} figures are in doubt"
    assert f"{of_all}, {off} off the line and {at_chance}" in page
    assert f"{mathematics} are MATH Level 5" in page
    doubts, _, _, _, figures = rows(paper.database, of_doubts)[0]
    assert (figures, doubts) == (96, 9) and "All 96 figures can be looked at; nine are in" in page
    of_seeds = """
        select count(*), count(*) filter (where abs(difference) > 5)
        from figures_elsewhere where leaderboard = 'seeds'
    """
    both, apart = rows(paper.database, of_seeds)[0]
    assert f"Of the {both} figures that the seeds have too, {apart} are more than 5" in page


def test_what_is_in_doubt_can_be_set(dbt_build):
    vars = {"leaderboard": "paper", "doubt_above": 5.4}
    built = dbt_build(vars=vars, only=["doubtful_figures"], name="doubts-above")
    off = "select model from doubtful_figures where reason = 'off_the_line'"
    assert rows(built.database, off) == [("starchat",)]


def test_the_end_of_a_build_counts_them(paper):
    ((figures, doubts, differences),) = rows(
        paper.database,
        """
        select (select count(*) from int_benchmark_figures semi join int_pool_models using (model)),
            (select count(*) from doubtful_figures semi join int_pool_models using (model)),
            (
                select count(distinct (model, benchmark)) from figures_elsewhere
                semi join int_pool_models using (model)
                where abs(difference) > if(benchmark = 'MMLU-Pro', 0.05, 5)
            )
        """,
    )
    assert (
        f"Of the {figures} figures of the pool's models {figures} could be looked at and {doubts}"
        f" are in doubt (see doubtful_figures); {differences} differ by more than 5 points from a"
        " shipped leaderboard (see figures_elsewhere)."
    ) in paper.output


def test_with_few_models_none_is_looked_at_and_that_is_said(everything):
    assert rows(everything.database, "select * from doubtful_figures") == []
    assert "none could be looked at for doubts, for no benchmark has 8 models" in everything.output


def test_a_build_of_other_relations_does_not_count_them(dbt_command):
    ran = dbt_command(["build", "--select", "+stg_benchmarks"], name="doubts-elsewhere")
    assert ran.returncode == 0, ran.output
    assert "figures of the pool's models" not in ran.output
