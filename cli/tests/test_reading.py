"""tables, show and sql: what people see, and what other programs get."""

import json
import subprocess
import unicodedata

import duckdb
import pytest

PUBLIC = [
    "behavior_scores",
    "model_quality",
    "model_similarity",
    "model_pairs",
    "prompts",
    "responses",
    "quarantined_responses",
    "candidate_sets",
    "pair_rules",
    "preference_pairs",
    "preferences",
    "abstentions",
]


@pytest.fixture(scope="module")
def ask(sample_database):
    def ask(sql):
        with duckdb.connect(str(sample_database), read_only=True) as connection:
            return connection.execute(sql).fetchall()

    return ask


def test_tables_lists_public_relations_with_rows_and_meaning(zebra, ask):
    called = zebra("tables", "--json")
    listed = {row["relation"]: row for row in map(json.loads, called.out.splitlines())}
    assert set(PUBLIC) <= set(listed)
    assert not [name for name in listed if name.startswith(("stg_", "int_"))]
    for name in PUBLIC:
        assert listed[name]["rows"] == ask(f"select count(*) from {name}")[0][0]
        assert listed[name]["description"].startswith("One row per")
    assert listed["preferences"]["kind"] == "view"
    assert listed["preference_pairs"]["kind"] == "table"


def test_tables_lists_helpers_when_asked(zebra):
    assert "\nint_" not in zebra("tables").out
    assert "\nint_" in zebra("tables", "--all").out


def test_tables_of_a_database_without_relations(zebra, make_database):
    called = zebra("tables", "--database", make_database("select 1"))
    assert (called.status, called.out) == (0, "")
    assert "run dbt build first" in called.err


@pytest.mark.parametrize("width", [60, 100, 250])
@pytest.mark.parametrize("relation", PUBLIC)
def test_every_relation_fits_the_terminal(zebra, monkeypatch, relation, width):
    monkeypatch.setenv("COLUMNS", str(width))
    called = zebra("show", relation)
    assert called.status == 0
    for line in called.out.splitlines():
        wide = sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)
        assert wide <= width, line


def test_show_announces_what_it_leaves_out(zebra, ask):
    (rows,) = ask("select count(*) from model_similarity")[0]
    called = zebra("show", "model_similarity")
    assert len(called.out.splitlines()) == 1 + 20
    assert called.err == f"20 of {rows:,} rows: use --limit to see more.\n"
    called = zebra("show", "model_similarity", "--limit", rows)
    assert len(called.out.splitlines()) == 1 + rows
    assert called.err == ""


def test_show_where(zebra, ask):
    called = zebra("show", "model_quality", "--where", "quality_rank <= 2 -- the best", "--json")
    best = [row[0] for row in ask("select model from model_quality where quality_rank <= 2")]
    assert sorted(json.loads(line)["model"] for line in called.out.splitlines()) == sorted(best)


def test_show_takes_a_name_in_any_case_and_with_its_schema(zebra):
    assert zebra("show", "MAIN.Model_Quality").out == zebra("show", "model_quality").out


def test_no_rows_is_not_an_error(zebra):
    called = zebra("show", "prompts", "--where", "false")
    assert called.status == 0
    assert called.out.split()[0] == "prompt_id"
    assert called.err == "0 rows.\n"
    assert zebra("show", "prompts", "--where", "false", "--json").out == ""


def test_the_database_may_be_named_before_or_after_the_command(zebra, make_database):
    path = make_database("create table t as select 42 as answer")
    for arguments in (["--database", path, "show", "t"], ["show", "t", "--database", path]):
        assert zebra(*arguments).out == "answer\n    42\n"


def test_the_default_database_is_that_of_the_profile(zebra, monkeypatch, make_database):
    path = make_database("create table t as select 42 as answer", name="zebra.duckdb")
    monkeypatch.delenv("ZEBRA_DATABASE")
    monkeypatch.chdir(path.parent)
    assert zebra("show", "t").out == "answer\n    42\n"


def test_text_in_tables_is_short_and_harmless(zebra):
    called = zebra(
        "sql",
        "select 'two\nlines\r\n' || chr(27) || '[31m' || chr(8238) as text, null as nothing, "
        "'' as empty, repeat('long ', 1000) as long, 0.1 + 0.2 as sum, 1e-9::double as small",
    )
    assert "two↵lines↵·[31m·" in called.out
    assert "NULL" in called.out and "…" in called.out and "1e-09" in called.out
    assert "\x1b" not in called.out


def test_columns_line_up_under_wide_characters(zebra):
    called = zebra("sql", "select * from (values ('日本', 1), ('ab', 22)) as t(name, number)")
    assert called.out == "name  number\n日本       1\nab        22\n"


def test_json_is_whole_and_every_row(zebra):
    called = zebra("sql", "select i, repeat('x', 2000) as text from range(100) as t(i)", "--json")
    rows = [json.loads(line) for line in called.out.splitlines()]
    assert [row["i"] for row in rows] == list(range(100))
    assert {len(row["text"]) for row in rows} == {2000}
    assert called.err == ""
    assert len(zebra("sql", "from range(100)", "--json", "--limit", 3).out.splitlines()) == 3


def test_sql_announces_that_there_is_more(zebra):
    called = zebra("sql", "from range(100)", "--limit", 5)
    assert len(called.out.splitlines()) == 6
    assert called.err == "The first 5 rows of more: use --limit to see them.\n"
    assert zebra("sql", "from range(5)", "--limit", 5).err == ""


@pytest.mark.parametrize(
    "sql",
    [
        "select 1 as a, 2 as a",
        "with q as (select 1 as a) from q;",
        "select 1 -- a comment; with a semicolon",
        "describe model_quality",
        "summarize model_quality",
        "show tables",
        "values (1), (2)",
        "pivot model_pairs on chosen_model using count(*) group by rejected_model",
        "(select 1)",
    ],
)
@pytest.mark.parametrize("flags", [[], ["--json"]])
def test_sql_takes_any_query(zebra, sql, flags):
    called = zebra("sql", sql, *flags)
    assert called.status == 0, called.err
    assert called.out


def test_a_reader_that_stops_early_is_no_error(start_zebra):
    process = start_zebra("sql", "from range(5000000)", "--json")
    assert process.stdout.readline() == b'{"range":0}\n'
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait() == 0


def test_output_that_the_terminal_cannot_encode(start_zebra, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    process = start_zebra("sql", "select 'é日' as e")
    out, err = process.communicate()
    assert (process.returncode, out, err) == (0, b"e\n\xe9\\u65e5\n", b"")


def test_readers_do_not_block_each_other(start_zebra):
    both = [start_zebra("show", "model_quality", stderr=subprocess.STDOUT) for _ in range(2)]
    assert [process.communicate()[0][:5] for process in both] == [b"model"] * 2
