"""`zebra benchmarks`: a leaderboard as people find it, into the seeds."""

import csv
import shutil

import duckdb
import pytest

from .helpers import assert_one_sentence


@pytest.fixture
def project(tmp_path, repository):
    shutil.copytree(repository / "seeds", tmp_path / "seeds")
    return tmp_path


def table(folder, text, name="board.csv"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def seed(project, name):
    with open(project / "seeds" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def scores(project):
    return {
        (row["model"], row["benchmark"]): row["score"] for row in seed(project, "benchmark_scores")
    }


ROWS = """Model,MMLU,GSM8K,Arena
GPT4,86.4%,92.0,1250
new-7b,55.1,N/A,"1,013"
bard,70.0,-,1100
"""
COLUMNS = """,GPT4,new-7b,bard
MMLU,86.4%,55.1,70.0
GSM8K,92.0,N/A,-
Arena,1250,"1,013",1100
"""


@pytest.mark.parametrize(("text", "models_in"), [(ROWS, "rows"), (COLUMNS, "columns")])
def test_what_is_understood_is_printed_and_nothing_written(zebra, project, text, models_in):
    before = (project / "seeds" / "benchmark_scores.csv").read_bytes()
    called = zebra("benchmarks", table(project, text), "--project", project)
    assert called.status == 0, called.err
    lines = [" ".join(line.split()) for line in called.out.splitlines()]
    assert lines == [
        f"models in {models_in}: 4 names of the seeds stand so",
        "models known bard, gpt-4",
        "models added new-7b",
        "benchmarks known MMLU (percent), GSM8K (percent)",
        "benchmarks added Arena (points)",
        "figures 5 added, 1 changed, 1 as they were, 2 missing",
        "bard on MMLU: 71.8 -> 70.0",
    ]
    assert "add --write" in called.err
    assert (project / "seeds" / "benchmark_scores.csv").read_bytes() == before


@pytest.mark.parametrize("text", [ROWS, COLUMNS])
def test_written_seeds_keep_their_rows_and_take_the_new_ones(zebra, project, text):
    before = seed(project, "benchmark_scores")
    called = zebra(
        "benchmarks", table(project, text), "--project", project, "--source", "s", "--write"
    )
    assert called.status == 0, called.err
    after = seed(project, "benchmark_scores")
    assert [row["model"] for row in after[: len(before)]] == [row["model"] for row in before]
    found = scores(project)
    assert found["gpt-4", "MMLU"] == "86.4"
    assert found["bard", "MMLU"] == "70.0"
    assert found["new-7b", "MMLU"] == "55.1"
    assert found["new-7b", "Arena"] == "1013"
    assert ("new-7b", "GSM8K") not in found
    metadata = {row["benchmark"]: row for row in seed(project, "benchmarks")}
    assert metadata["Arena"]["unit"] == "points"
    assert metadata["Arena"]["ceiling"] == "1250"
    assert metadata["GSM8K"]["ceiling"] == "100"
    assert metadata["MMLU"]["chance"] == "25"


def test_written_seeds_build(zebra, dbt_command, project_copy):
    path = table(project_copy, ROWS)
    assert zebra("benchmarks", path, "--project", project_copy, "--write").status == 0
    built = dbt_command(
        ["build", "--select", "+model_quality", "--indirect-selection", "cautious"],
        project=project_copy,
    )
    assert built.returncode == 0, built.output
    with duckdb.connect(str(built.database), read_only=True) as connection:
        quality = connection.execute(
            "select quality, n_benchmarks from model_quality where model = 'new-7b'"
        ).fetchone()
    assert quality[0] is not None and quality[1] == 2


def test_an_xlsx_sheet(zebra, project):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    path = project / "board.xlsx"
    with pandas.ExcelWriter(path) as writer:
        pandas.DataFrame({"x": [1]}).to_excel(writer, sheet_name="notes", index=False)
        pandas.DataFrame({"model": ["gpt-4"], "MMLU": [70.5]}).to_excel(
            writer, sheet_name="scores", index=False
        )
    called = zebra("benchmarks", path, "--sheet", "scores", "--project", project)
    assert called.status == 0, called.err
    assert "gpt-4 on MMLU: 86.4 -> 70.5" in called.out
    assert_one_sentence(
        zebra("benchmarks", path, "--sheet", "no", "--project", project), 1, "cannot be read"
    )


def test_unknown_names_alone_are_models_in_rows(zebra, project):
    called = zebra("benchmarks", table(project, "m,Q\na,0.5\nb,0.25\n"), "--project", project)
    assert called.status == 0, called.err
    assert "no name is known" in called.out
    assert "Q (fraction)" in called.out


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("model,MMLU\nnew,0.7\ngpt-4,86.4\n", ["MMLU is in percent", "0.7 of new", "fractions"]),
        ("model,Q\na,0.7\nb,86.4\n", ["Q is in percent", "0.7 of a"]),
        ("model,MMLU-Pro\nnew,63.7\n", ["MMLU-Pro is in fraction", "63.7 of new", "percents"]),
        ("model,MMLU\nnew,170\n", ["170 of new on MMLU is outside [0, 100]"]),
        ("model,MMLU\nnew,-3\n", ["-3 of new on MMLU is outside [0, 100]"]),
        ("model,MMLU\nnew,good\n", ['"good" of new on MMLU is no number']),
        ("model,MMLU\nnew,50\nnew,51\n", ["new stands in the table twice"]),
        ("model,MMLU\ngpt4,86\nGPT-4,80\n", ["gpt-4 has two figures on MMLU"]),
        ("model,A,B\nx,50,60\ny,50,60\n", ["x and y have the same figures on all 2"]),
        ("model\nx\n", ["holds no table"]),
    ],
)
def test_tables_that_cannot_be_taken(zebra, project, text, parts):
    before = (project / "seeds" / "benchmark_scores.csv").read_bytes()
    called = zebra("benchmarks", table(project, text), "--project", project, "--write")
    assert_one_sentence(called, 1, *parts)
    assert (project / "seeds" / "benchmark_scores.csv").read_bytes() == before


def test_a_benchmark_under_another_name(zebra, project):
    path = table(project, "model,MMLU - EM,MATH Lvl 5\nnew-7b,55.1,12.5\n")
    called = zebra("benchmarks", path, "--project", project, "--write")
    assert called.status == 0, called.err
    assert scores(project)["new-7b", "MMLU"] == "55.1"
    assert scores(project)["new-7b", "MATH Level 5"] == "12.5"


def test_a_small_percent_keeps_its_sign(zebra, project):
    path = table(project, "model,GSM8K\nx,0.5%\ny,40%\n")
    assert zebra("benchmarks", path, "--project", project, "--write").status == 0
    assert scores(project)["x", "GSM8K"] == "0.5%"
    assert scores(project)["y", "GSM8K"] == "40"


def test_other_calls_that_are_at_fault(zebra, project, tmp_path):
    path = table(project, ROWS, "board.txt")
    assert_one_sentence(zebra("benchmarks", path, "--project", project), 2, "neither .csv")
    assert_one_sentence(
        zebra("benchmarks", project / "no.csv", "--project", project), 2, "There is no file"
    )
    good = table(project, ROWS)
    assert_one_sentence(zebra("benchmarks", good, "--project", "/"), 2, "There is no", "--project")
