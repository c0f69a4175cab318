"""Every error is one sentence that says what to do, with an exit status that scripts can use."""

import os
import subprocess
import sys

import duckdb
import pytest

from .helpers import assert_one_sentence

QUERIES = [["tables"], ["show", "prompts"], ["sql", "select 1"]]
WRITING = [["export", "prompts", "-o", "unwritten.jsonl"], ["report", "-o", "unwritten.html"]]


@pytest.mark.parametrize("command", [*QUERIES, *WRITING])
def test_no_database(zebra, tmp_path, command):
    called = zebra(*command, "--database", tmp_path / "none.duckdb")
    assert_one_sentence(called, 1, "none.duckdb", "run dbt build first")
    assert os.listdir(tmp_path) == []


@pytest.mark.parametrize("content", [b"", b"model,score\n" * 2000])
def test_a_file_that_is_no_database(zebra, tmp_path, content):
    (tmp_path / "scores.csv").write_bytes(content)
    called = zebra("tables", "--database", tmp_path / "scores.csv")
    assert_one_sentence(called, 1, "scores.csv is not a DuckDB database")


def test_a_folder_that_is_no_database(zebra, tmp_path):
    called = zebra("tables", "--database", tmp_path)
    assert_one_sentence(called, 2, "is a folder")


def test_a_database_that_is_being_written(zebra, make_database):
    path = make_database("create table t as select 1 as a")
    code = f"import duckdb; c = duckdb.connect({str(path)!r}); print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        writer.stdout.readline()
        called = zebra("tables", "--database", path)
        assert_one_sentence(called, 1, f"process {writer.pid}", "dbt build", "try again")
        writer.communicate(b"\n")
    assert zebra("tables", "--database", path).status == 0


@pytest.mark.parametrize("output", ["-", "x.jsonl", "x"])
def test_an_export_of_a_database_that_is_being_written(zebra, make_database, tmp_path, output):
    path = make_database("create table t as select 1 as a")
    (tmp_path / "out").mkdir()
    code = f"import duckdb; c = duckdb.connect({str(path)!r}); print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        writer.stdout.readline()
        target = output if output == "-" else tmp_path / "out" / output
        called = zebra("export", "t", "-o", target, "--database", path)
        assert_one_sentence(called, 1, f"process {writer.pid}", "dbt build", "try again")
        writer.communicate(b"\n")
    assert os.listdir(tmp_path / "out") == []


def test_a_database_of_a_newer_duckdb(zebra, make_database):
    path = make_database("create table t as select 1 as a")
    header = bytearray(path.read_bytes()[:4096])
    assert header[:8] == checksum(header[8:])
    header[12:20] = (99_999).to_bytes(8, "little")
    header[:8] = checksum(header[8:])
    with open(path, "r+b") as file:
        file.write(header)
    called = zebra("tables", "--database", path)
    assert_one_sentence(called, 1, "newer DuckDB", duckdb.__version__, "dbt build")


def checksum(block):
    """DuckDB's checksum of a block whose length is a multiple of eight."""
    result = 5381
    for start in range(0, len(block), 8):
        result ^= int.from_bytes(block[start : start + 8], "little") * 0xBF58476D1CE4E5B9
    return (result % 2**64).to_bytes(8, "little")


def test_a_damaged_database(zebra, make_database):
    path = make_database("create table t as select i, md5(i::varchar) as m from range(9999) t(i)")
    os.truncate(path, 9000)
    assert_one_sentence(zebra("show", "t", "--database", path), 1, "made.duckdb cannot be")


@pytest.mark.parametrize("command", [["show"], ["export", "-o", "unwritten.jsonl"]])
def test_a_relation_that_does_not_exist(zebra, command):
    called = zebra(*command, "preference_similarity")
    assert_one_sentence(called, 2, "no relation preference_similarity", "preferences_similarity")
    assert_one_sentence(zebra(*command, "qqqq"), 2, "no relation qqqq", "zebra tables lists them")
    assert not os.path.exists("unwritten.jsonl")


def test_a_database_without_relations(zebra, make_database):
    called = zebra("show", "preferences", "--database", make_database("select 1"))
    assert_one_sentence(called, 1, "run dbt build first")


@pytest.mark.parametrize(
    ("condition", "complaint"),
    [
        ("quality >", "syntax error"),
        ("qualty > 1", "qualty"),
        ("quality > 'high'", "high"),
        ("true) union (select 1", "--where does not run"),
    ],
)
@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_a_bad_condition(zebra, condition, complaint, flags):
    called = zebra("show", "model_quality", "--where", condition, *flags)
    assert_one_sentence(called, 2, "--where does not run", complaint)


@pytest.mark.parametrize(
    ("sql", "complaint"),
    [
        ("", "not 0 statements"),
        ("/* nothing */", "not 0 statements"),
        ("select 1; select 2", "not 2 statements"),
        ("selec 1", "syntax error"),
        ("select nope from prompts", "nope"),
        ("from nowhere", "nowhere"),
        ("select 'x'::integer", "convert"),
    ],
)
@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_bad_sql(zebra, sql, complaint, flags):
    assert_one_sentence(zebra("sql", sql, *flags), 2, complaint)


@pytest.mark.parametrize(
    "sql",
    [
        "insert into prompts values (1)",
        "drop table responses",
        "create table mine as select 1",
        "create or replace view preferences as select 1",
        "delete from preference_pairs",
        "copy prompts to 'copied.csv'",
        "attach 'other.duckdb'",
        "export database 'exported'",
        "set threads = 1",
        "update model_quality set quality = 1",
    ],
)
def test_sql_only_reads(zebra, sample_database, tmp_path, monkeypatch, sql):
    monkeypatch.chdir(tmp_path)
    before = sample_database.read_bytes()
    assert_one_sentence(zebra("sql", sql), 2, "zebra only reads")
    assert sample_database.read_bytes() == before
    assert os.listdir(tmp_path) == []


def test_a_query_that_reads_a_missing_file(zebra):
    assert_one_sentence(zebra("sql", "from 'nowhere.csv'"), 1, "nowhere.csv")


def test_a_format_that_the_relation_cannot_have(zebra, tmp_path):
    called = zebra("export", "abstentions", "--format", "trl", "-o", tmp_path / "a.jsonl")
    assert_one_sentence(called, 2, "no column messages, chosen, rejected", "--format rows")
    assert os.listdir(tmp_path) == []


def test_an_unknown_format(zebra, tmp_path):
    called = zebra("export", "prompts", "--format", "xml", "-o", tmp_path / "a.xml")
    assert_one_sentence(called, 2, "xml", "rows", "zebra export -h")


def test_no_output_named(zebra):
    assert_one_sentence(zebra("export", "prompts"), 2, "--output", "zebra export -h")


def test_an_output_folder_that_is_missing(zebra, tmp_path):
    called = zebra("export", "prompts", "-o", tmp_path / "none" / "a.jsonl")
    assert_one_sentence(called, 2, "no folder", "none")
    assert os.listdir(tmp_path) == []


def test_an_output_that_is_a_folder(zebra, tmp_path):
    (tmp_path / "x.jsonl").mkdir()
    called = zebra("export", "prompts", "-o", tmp_path / "x.jsonl", "--force")
    assert_one_sentence(called, 2, "is a folder")


def test_an_output_that_is_a_device(zebra):
    called = zebra("export", "prompts", "-o", os.devnull, "--force")
    assert_one_sentence(called, 2, "not an ordinary file")


def test_an_output_that_is_the_database(zebra, make_database):
    path = make_database("create table t as select 1 as a")
    before = path.read_bytes()
    called = zebra("export", "t", "-o", path, "--force", "--database", path)
    assert_one_sentence(called, 2, "is the database itself")
    assert path.read_bytes() == before


def test_an_output_that_cannot_be_written(zebra, tmp_path):
    called = zebra("export", "prompts", "-o", tmp_path / ("x" * 300))
    assert_one_sentence(called, 1, "cannot be written", "File name too long")
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not os.path.isdir("/sys/kernel"), reason="there is no /sys")
@pytest.mark.parametrize("name", ["x.jsonl", "x.jsonl.gz", "x.parquet", "x"])
def test_an_output_folder_that_takes_no_files(zebra, name):
    # not even the superuser's
    called = zebra("export", "preferences", "-o", f"/sys/{name}")
    assert_one_sentence(called, 1, f"/sys/{name} cannot be written")


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere"
)
def test_an_output_folder_without_permission(zebra, tmp_path):
    (tmp_path / "locked").mkdir(mode=0o500)
    called = zebra("export", "prompts", "-o", tmp_path / "locked" / "a.jsonl")
    assert_one_sentence(called, 1, "cannot be written", "Permission denied")


@pytest.mark.parametrize(
    ("arguments", "parts"),
    [
        (["tabels"], ["tabels", "zebra -h"]),
        (["show"], ["RELATION", "zebra show -h"]),
        (["show", "prompts", "--lmit", "3"], ["--lmit", "zebra show -h"]),
        (["show", "prompts", "--limit", "0"], ["--limit", "zebra show -h"]),
        (["show", "prompts", "--limit", "few"], ["--limit", "zebra show -h"]),
        (["tables", "prompts"], ["prompts", "zebra tables -h"]),
    ],
)
def test_a_call_that_click_refuses(zebra, arguments, parts):
    assert_one_sentence(zebra(*arguments), 2, *parts)


def test_a_memory_limit_that_is_none(zebra, monkeypatch):
    monkeypatch.setenv("ZEBRA_MEMORY_LIMIT", "plenty")
    assert_one_sentence(zebra("tables"), 2, "ZEBRA_MEMORY_LIMIT is plenty")


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "preferences", "-o", "-"],
        ["export", "preferences", "-o", "-", "--limit", "1"],
        ["sql", "from preferences", "--json"],
        ["tables"],
    ],
)
def test_standard_output_that_is_full(start_zebra, arguments):
    with open("/dev/full", "wb") as full:
        process = start_zebra(*arguments, stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    said = [line for line in err.decode().splitlines() if not line.startswith("Note: ")]
    assert said == ["Error: Standard output cannot be written: No space left on device."]


@pytest.mark.parametrize(
    "option", [["--shard-rows", "3"], ["--file-type", "parquet"], ["--license", "mit"]]
)
@pytest.mark.parametrize("output", ["-", "x.jsonl"])
def test_an_option_for_folders_alone(zebra, tmp_path, output, option):
    target = output if output == "-" else tmp_path / output
    called = zebra("export", "preferences", "-o", target, *option)
    assert_one_sentence(called, 2, f"{option[0]} is for folders", output)
    assert os.listdir(tmp_path) == []


def test_a_confidence_that_is_no_number(zebra):
    called = zebra("export", "preferences", "-o", "-", "--min-confidence", "nan")
    assert_one_sentence(called, 2, "--min-confidence", "nan")
