"""`zebra benchmarks`: XLSX into CSV, and rows of benchmarks.csv for columns that nobody knows."""

import csv
import shutil

import pytest

from zebra.benchmarks import append_benchmarks, csv_of
from zebra.errors import DataError, UsageError

from .helpers import assert_one_sentence

TABLE = """model,MMLU,My Eval,Win Points,Votes,License
gpt-4,86.4,55.5,1250,"1,900",mit
vicuna-33,59.2,40%,"1,013",70,mit
"""


@pytest.fixture
def cases(repository):
    return repository / "tests" / "fixtures" / "cases" / "43-xlsx-percent-cells"


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def copied(path, folder):
    pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    return shutil.copy(path, folder / path.name)


def test_percents_of_an_xlsx_sheet_are_what_it_shows(zebra, cases, tmp_path, repository):
    path = copied(cases / "percent.xlsx", tmp_path)
    called = zebra("benchmarks", path, "--project", repository)
    assert called.status == 0, called.err
    assert f"Wrote {tmp_path / 'percent.csv'}" in called.err
    assert rows_of(tmp_path / "percent.csv") == [
        ["Model", "MMLU", "GSM8K"],
        ["gpt-4", "86.4%", "92%"],
        ["vicuna-33b", "59.2%", "51.2%"],
    ]
    assert called.out == "MMLU is MMLU\nGSM8K is GSM8K\n"


def test_a_title_stays_above_the_header(cases, tmp_path):
    path = csv_of(tmp_path / copied(cases / "title.xlsx", tmp_path).name)
    assert rows_of(path)[:3] == [
        ["Leaderboard of May", "", ""],
        ["", "", ""],
        ["Model", "MMLU", "GSM8K"],
    ]
    # Once more, and nothing has changed.
    assert csv_of(tmp_path / "title.xlsx") == path


def test_sheets_and_what_is_in_the_way(tmp_path):
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed")
    book = openpyxl.Workbook()
    book.active.append(["notes"])
    sheet = book.create_sheet("scores")
    sheet.append(["model", "MMLU\n(5-shot)"])
    sheet.append(["gpt-4", 86.4])
    path = tmp_path / "board.xlsx"
    book.save(path)
    assert rows_of(csv_of(path, "scores")) == [["model", "MMLU (5-shot)"], ["gpt-4", "86.4"]]
    with pytest.raises(UsageError, match="board.csv is there and holds something else"):
        csv_of(path)
    with pytest.raises(DataError, match="cannot be read as a table: Worksheet no does not exist"):
        csv_of(path, "no")
    (tmp_path / "text.xlsx").write_text("no workbook")
    with pytest.raises(DataError, match="text.xlsx cannot be read as a table"):
        csv_of(tmp_path / "text.xlsx")
    with pytest.raises(UsageError, match="There is no file"):
        csv_of(tmp_path / "none.xlsx")


def test_unknown_columns_are_proposed_and_written(zebra, shared_parse, project_copy):
    path = project_copy / "board.csv"
    path.write_text(TABLE, encoding="utf-8")
    seed = project_copy / "seeds" / "benchmarks.csv"
    before = seed.read_bytes()
    called = zebra("benchmarks", path, "--project", project_copy)
    assert called.status == 0, called.err
    assert called.out.splitlines() == [
        "MMLU is MMLU",
        "model vicuna-33 is known nowhere else, near vicuna-33b",
        "My Eval: percent, 2 figures from 40 to 55.5",
        "Win Points: points, 2 figures from 1013 to 1250",
        "Votes: points, 2 figures from 70 to 1900",
    ]
    assert "add COLUMNs and --write" in called.err
    assert seed.read_bytes() == before
    called = zebra("benchmarks", path, "My Eval", "--write", "--project", project_copy)
    assert called.status == 0, called.err
    assert "set capability, chance, direction and source there" in called.err
    assert seed.read_bytes() == before + b"My Eval,other,score,percent,0,100,true,1,unverified\n"
    called = zebra("benchmarks", path, "My Eval", "--write", "--project", project_copy)
    assert_one_sentence(called, 2, "My Eval is no column of numbers without a benchmark; those are")


def test_a_library_with_a_header_alone_takes_rows(zebra, shared_parse, project_copy):
    path = project_copy / "board.csv"
    models = "".join(f"unheard-of-{number:02},50,40\n" for number in range(22))
    path.write_text(f"model,MMLU,HellaSwagg\nQwen2-7B,60,50\nother/gpt-4,90,80\n{models}")
    called = zebra("benchmarks", path, "--project", project_copy)
    assert called.status == 0, called.err
    # A name with or without a provider is known; of the others 20 are shown.
    said = called.out.splitlines()
    assert said[:2] == ["MMLU is MMLU", "model unheard-of-00 is known nowhere else"]
    assert said[-2:] == [
        "2 more models are known nowhere else",
        "HellaSwagg: percent, 24 figures from 40 to 80, near HellaSwag",
    ]
    seed = project_copy / "seeds" / "benchmarks.csv"
    header = seed.read_text(encoding="utf-8").partition("\n")[0]
    seed.write_text(header)
    called = zebra("benchmarks", path, "MMLU", "--write", "--project", project_copy)
    assert called.status == 0, called.err
    assert seed.read_text(encoding="utf-8").splitlines() == [
        header,
        "MMLU,other,score,percent,0,100,true,1,unverified",
    ]
    called = zebra("benchmarks", path, "--project", project_copy)
    assert called.out.startswith("MMLU is MMLU\n"), called.err


def test_a_seed_with_a_header_alone_takes_rows(tmp_path):
    seed = tmp_path / "seeds" / "benchmarks.csv"
    seed.parent.mkdir()
    seed.write_text("benchmark,unit,weight")
    append_benchmarks(tmp_path, [{"benchmark": "a, b", "unit": "percent", "weight": "1"}])
    assert rows_of(seed) == [["benchmark", "unit", "weight"], ["a, b", "percent", "1"]]
    seed.write_text("")
    with pytest.raises(DataError, match="has no header"):
        append_benchmarks(tmp_path, [])
    with pytest.raises(UsageError, match="There is no"):
        append_benchmarks(tmp_path / "seeds", [])


def test_a_folder_without_the_project(zebra, tmp_path):
    path = tmp_path / "board.csv"
    path.write_text(TABLE, encoding="utf-8")
    called = zebra("benchmarks", path, "--project", tmp_path)
    assert_one_sentence(called, 2, "There is no dbt_project.yml", "--project")
