"""Tables and views replaced in place: whole, or as they were."""

import itertools
import json
import os
import shutil
import signal
import subprocess
import sys
import time

import duckdb
import pytest

KINDS = {"table": "BASE TABLE", "view": "VIEW"}
FIRST = "select i::bigint as number, 'row ' || i as label from range(3) as rows(i)"
# not in the contract's order
SECOND = "select 'other' as label, 7::bigint as number"
# fails on a row that comes after many good ones
HALF_WAY = (
    "select case when i = 400000 then error('stopped half-way') else i end::bigint as number, "
    "'row ' || i as label from range(500000) as rows(i)"
)
ENDLESS = (
    "select sum(i * j)::bigint as number, 'x' as label "
    "from range(1000000) as a(i), range(1000000) as b(j)"
)
REFUSED = {
    "type": "select 'one' as number, 'row' as label",
    "less": "select 1::bigint as number",
    "more": "select 1::bigint as number, 'row' as label, 1 as more",
}
CONTRACT = """
    description: A thing's row.
    config: {contract: {enforced: true}}
    columns:
      - {name: number, data_type: bigint, description: "It's a number."}
      - {name: label, data_type: string, description: A label.}
"""
# name of a model: what it is in the first build and in the second, and its query then
REPLACED = {
    f"{after}_over_{before}": (before, after, SECOND)
    for before, after in itertools.product(KINDS, KINDS)
}
FAILING = {
    f"{after}_over_{before}_{reason}": (before, after, sql)
    for before, after in itertools.product(KINDS, KINDS)
    for reason, sql in REFUSED.items()
} | {f"table_over_{before}_half_way": (before, "table", HALF_WAY) for before in KINDS}
PROJECT = {
    "dbt_project.yml": (
        "name: small\nversion: '1.0.0'\nprofile: small\n"
        "flags: {send_anonymous_usage_stats: false}\n"
        "models: {small: {+persist_docs: {relation: true, columns: true}}}\n"
    ),
    "profiles.yml": (
        "small: {target: dev, outputs: {dev: {type: duckdb, "
        "path: \"{{ env_var('ZEBRA_DATABASE') }}\"}}}\n"
    ),
}


def write_project(folder, repository, models):
    """A project with these models, each under the contract, and this one's materializations."""
    texts = PROJECT | {f"models/{name}.sql": sql for name, sql in models.items()}
    texts["models/models.yml"] = "models:" + "".join(
        f"\n  - name: {name}{CONTRACT}" for name in models
    )
    for name, text in texts.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    shutil.copytree(repository / "macros" / "materializations", folder / "macros")
    return folder


def in_turns(before, after, sql):
    return (
        f"{{{{ config(materialized='{before}' if var('turn') == 1 else '{after}') }}}}\n"
        f"{{% if var('turn') == 1 %}}{FIRST}{{% else %}}{sql}{{% endif %}}\n"
    )


def rows(database, query):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def look(database):
    """What is there: of each relation its kind, comment and columns, and its rows."""
    relations = rows(
        database,
        "select table_name, table_type, table_comment from information_schema.tables "
        "where table_name <> 'int_fingerprints'",
    )
    return {
        name: {
            "kind": kind,
            "comment": comment,
            "columns": rows(
                database,
                "select column_name, data_type, comment from duckdb_columns() "
                f"where table_name = '{name}' order by column_index",
            ),
            "rows": rows(database, f"select number, label from {name} order by all"),
        }
        for name, kind, comment in relations
    }


@pytest.fixture(scope="module")
def turns(dbt_command, repository, tmp_path_factory):
    """What was there after the first build, after the second, and what the second said."""
    models = {name: in_turns(*case) for name, case in (REPLACED | FAILING).items()}
    models["reader"] = "select * from {{ ref('table_over_view_half_way') }}"
    project = write_project(tmp_path_factory.mktemp("turns"), repository, models)

    def run(turn):
        return dbt_command(
            ["run"], vars={"turn": turn}, name="turns", project=project, reparse=True
        )

    first = run(1)
    assert first.returncode == 0, first.output
    before = look(first.database)
    second = run(2)
    results = json.loads((second.target / "run_results.json").read_text(encoding="utf-8"))
    said = {row["unique_id"].split(".")[-1]: row for row in results["results"]}
    return before, look(second.database), said


@pytest.mark.parametrize("name", REPLACED)
def test_a_relation_is_replaced_whatever_was_there(turns, name):
    before, after, said = turns
    assert said[name]["status"] == "success"
    assert before[name]["kind"] == KINDS[REPLACED[name][0]]
    assert before[name]["rows"] == [(0, "row 0"), (1, "row 1"), (2, "row 2")]
    assert after[name]["kind"] == KINDS[REPLACED[name][1]]
    assert after[name]["rows"] == [(7, "other")]
    assert after[name]["comment"] == "A thing's row."
    described = [("number", "BIGINT", "It's a number."), ("label", "VARCHAR", "A label.")]
    # a table's columns stand in the order of the contract, a view's in that of its query
    if after[name]["kind"] == "VIEW":
        described.reverse()
    assert after[name]["columns"] == described


@pytest.mark.parametrize("name", FAILING)
def test_a_model_that_fails_leaves_what_was_there(turns, name):
    before, after, said = turns
    assert said[name]["status"] == "error"
    reason = "stopped half-way" if name.endswith("half_way") else "enforced contract that failed"
    assert reason in said[name]["message"]
    assert before[name]["kind"] == KINDS[FAILING[name][0]]
    assert len(before[name]["rows"]) == 3
    assert after[name] == before[name]


def test_nothing_is_left_beside_them_and_what_reads_them_still_does(turns):
    before, after, said = turns
    assert set(before) == set(after) == {*REPLACED, *FAILING, "reader"}
    assert said["reader"]["status"] == "skipped"
    assert after["reader"] == before["reader"]


def test_a_reader_keeps_its_snapshot_until_it_asks_again(repository, tmp_path):
    steps = {1: ("table", FIRST), 2: ("view", SECOND), 3: ("table", FIRST)}
    sql = "".join(
        f"{{% if var('turn') == {turn} %}}{{{{ config(materialized='{kind}') }}}}{query}"
        "{% endif %}"
        for turn, (kind, query) in steps.items()
    )
    project = write_project(tmp_path / "project", repository, {"thing": sql})
    code = """
import os
import duckdb
from dbt.cli.main import dbtRunner

# DuckDB lets one process alone write: reader and build share it
with duckdb.connect(os.environ["ZEBRA_DATABASE"]) as connection:
    connection.execute("create table thing as select 1::bigint as number, 'one' as label")
    before = (1, 1)
    for turn, after in ((1, (3, 3)), (2, (1, 7)), (3, (3, 3))):
        reader = connection.cursor()
        reader.execute("begin")
        read = "select count(*), sum(number)::bigint from thing"
        found = [reader.execute(read).fetchone()]
        ran = dbtRunner().invoke(["run", "--vars", f"{{turn: {turn}}}"])
        assert ran.success, ran.exception
        found.append(reader.execute(read).fetchone())
        reader.execute("commit")
        found.append(reader.execute(read).fetchone())
        assert found == [before, before, after], (turn, found)
        before = after
"""
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env={**os.environ, "ZEBRA_DATABASE": str(tmp_path / "small.duckdb")},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_a_build_that_is_killed_leaves_what_was_there(repository, tmp_path):
    sql = f"{{{{ config(materialized='table') }}}} {ENDLESS}"
    project = write_project(tmp_path / "project", repository, {"thing": sql, "viewed": sql})
    database = tmp_path / "small.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table thing as select 1::bigint as number, 'one' as label")
        connection.execute("create view viewed as select 2::bigint as number, 'two' as label")
    was = look(database)
    for name in was:
        with subprocess.Popen(
            [sys.executable, "-m", "dbt.cli.main", "--log-level", "debug", "run", "-s", name],
            cwd=project,
            env={**os.environ, "ZEBRA_DATABASE": str(database)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        ) as process:
            for line in process.stdout:
                if "create or replace table" in line:
                    break
            # by now the statement runs, or is about to
            time.sleep(1)
            assert process.poll() is None
            process.send_signal(signal.SIGKILL)
        assert look(database) == was


def test_a_database_that_was_renamed_or_attached_opens(sample_database, tmp_path):
    renamed = tmp_path / "another.duckdb"
    shutil.copy(sample_database, renamed)
    log = sample_database.with_name(sample_database.name + ".wal")
    if log.exists():
        shutil.copy(log, tmp_path / "another.duckdb.wal")
    with duckdb.connect(str(renamed)) as connection:
        views = connection.execute("select view_name from duckdb_views() where not internal")
        names = [name for (name,) in views.fetchall()]
        assert {"preferences", "preferences_trusted", "responses"} <= set(names)
        for name in names:
            connection.execute(f"select * from {name}").fetchall()
    with duckdb.connect() as connection:
        connection.execute(f"attach '{renamed}' as elsewhere (read_only)")
        for name in names:
            connection.execute(f"select * from elsewhere.{name}").fetchall()


CHAIN = {
    "seeds/given.csv": "number\n1\n2\n",
    "models/seen.sql": "select number * {{ var('factor') }} as number from {{ ref('given') }}",
    "models/counted.sql": "select count(*) as n, sum(number) as total from {{ ref('seen') }}",
    "models/listed.sql": "select * from read_csv('{{ var('listing') }}')",
    "models/of_files.sql": "select number + 0 as number from {{ ref('listed') }}",
    "models/after_files.sql": "select sum(number) as total from {{ ref('of_files') }}",
    "models/summed.sql": (
        "select n + total as value from {{ ref('counted') }}, {{ source('others', 'outside') }}"
    ),
    "models/last.sql": "select sum(value) as value from {{ ref('summed') }}",
    "models/chain.yml": (
        "models:\n"
        "  - {name: seen, config: {materialized: view}}\n"
        "  - {name: listed, config: {materialized: view, meta: {reads_files: true}}}\n"
        "  - {name: of_files, config: {materialized: table}}\n"
        "  - {name: after_files, config: {materialized: table}}\n"
        "  - {name: counted, description: How many., config: {materialized: table}}\n"
        "  - {name: summed, config: {materialized: table}}\n"
        "  - {name: last, config: {materialized: table}}\n"
        "sources: [{name: others, schema: main, tables: [{name: outside}]}]\n"
    ),
}


@pytest.fixture
def chain(dbt_command, repository, tmp_path):
    """A project of views and tables that read each other; its build says what it built anew."""
    project = write_project(tmp_path / "project", repository, {})
    (project / "models" / "models.yml").unlink()
    for name, text in CHAIN.items():
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, encoding="utf-8")
    listing = tmp_path / "listing.csv"
    listing.write_text("number\n5\n", encoding="utf-8")
    database = tmp_path / "small.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute("create table outside as select 1 as one")

    class Chain:
        def edit(self, name, before, after):
            path = project / name
            text = path.read_text(encoding="utf-8")
            assert before in text
            path.write_text(text.replace(before, after), encoding="utf-8")

        def list(self, text):
            listing.write_text(text, encoding="utf-8")

        def change(self, statement):
            with duckdb.connect(str(database)) as connection:
                connection.execute(statement)

        def rows(self, name):
            return rows(database, f"select * from {name} order by all")

        def build(self, *args, factor=1, fails=()):
            ran = dbt_command(
                ["build", *args],
                vars={"factor": factor, "listing": str(listing)},
                name=tmp_path.name,
                project=project,
                environment={"ZEBRA_DATABASE": str(database)},
                reparse=True,
            )
            found = json.loads((ran.target / "run_results.json").read_text(encoding="utf-8"))
            said = {row["unique_id"].split(".")[-1]: row for row in found["results"]}
            failed = {name for name, row in said.items() if row["status"] == "error"}
            assert failed == set(fails), ran.output
            return {
                name
                for name, row in said.items()
                if row["status"] == "success" and row["message"] != "KEPT"
            } - {"given"}

    return Chain()


# what reads files, or what is not the project's, is built every time
ALWAYS = {"listed", "of_files", "summed"}


def test_what_the_same_query_made_of_the_same_inputs_is_kept(chain):
    everything = {"seen", "counted", "after_files", "last"} | ALWAYS
    assert chain.build() == everything
    assert chain.build() == ALWAYS
    assert chain.build("--full-refresh") == everything
    assert chain.build() == ALWAYS
    assert chain.rows("last") == [(5,)]


def test_what_changed_is_built_with_all_that_hangs_on_it(chain):
    chain.build()
    chain.edit("seeds/given.csv", "2", "3")
    assert chain.build("--select", "last") == set()
    assert chain.build() == {"seen", "counted", "last"} | ALWAYS
    assert chain.rows("last") == [(6,)]
    assert chain.build(factor=2) == {"seen", "counted", "last"} | ALWAYS
    assert chain.rows("last") == [(10,)]
    # the view alone is built, and its readers see that in the next build
    assert chain.build("--select", "seen", factor=3) == {"seen"}
    assert chain.build(factor=3) == {"counted", "last"} | ALWAYS
    chain.list("number\n7\n")
    assert chain.build(factor=3) == {"after_files"} | ALWAYS
    assert chain.rows("after_files") == [(7,)]
    chain.edit("models/chain.yml", "How many.", "How many there are.")
    # its rows are what they were, and summed is built in any case
    assert chain.build(factor=3) == {"counted"} | ALWAYS


def test_what_is_not_there_or_failed_is_built(chain):
    chain.build()
    chain.change("drop table counted")
    assert chain.build() == {"counted"} | ALWAYS
    chain.change("drop table after_files; create view after_files as select 1 as total")
    assert chain.build() == {"after_files"} | ALWAYS
    assert chain.rows("after_files") == [(5,)]
    chain.edit("models/counted.sql", "count(*)", "'no'::int + count(*)")
    assert chain.build(fails={"counted"}) == {"listed", "of_files"}
    chain.edit("models/counted.sql", "'no'::int + ", "")
    assert chain.build() == ALWAYS
    chain.change("drop table int_fingerprints")
    assert chain.build() == {"seen", "counted", "after_files", "last"} | ALWAYS
