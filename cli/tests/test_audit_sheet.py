"""The sheet that people fill: `zebra export audit_sample -o audit.csv`."""

import csv

import duckdb
import pytest

COLUMNS = ["key", "prompt", "answer_a", "answer_b", "verdict", "judge"]


@pytest.fixture
def exported(zebra, tmp_path):
    """Export the sample's sheet; returns the file."""

    def export(name="audit.csv"):
        called = zebra("export", "audit_sample", "-o", tmp_path / name)
        assert called.status == 0, called.err
        return tmp_path / name

    return export


def read(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_it_is_the_relation_as_a_table(exported, sample_database):
    header, *rows = read(exported())
    assert header == COLUMNS
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        expected = connection.execute("select * from audit_sample order by key").fetchall()
    assert rows == [[cell or "" for cell in row] for row in expected]
    assert len(rows) > 50


def test_verdict_and_judge_are_left_to_the_reader(exported):
    assert {tuple(row[4:]) for row in read(exported())[1:]} == {("", "")}


def test_no_name_of_a_model_is_in_it(exported, sample_database):
    text = exported().read_text(encoding="utf-8")
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        names = connection.execute("select model from pool_models").fetchall()
    assert len(names) > 5 and not [name for (name,) in names if name in text]


def test_the_same_database_gives_the_same_sheet(exported, on_threads):
    sheets = [exported(f"{threads}.csv").read_bytes() for threads in on_threads()]
    assert len(sheets) == 3 and len(set(sheets)) == 1
