"""What an export holds, and that it is there whole or not at all."""

import json
import os
import random
import resource
import signal
import time
import tracemalloc

import duckdb
import pytest

from zebra.database import Database
from zebra.export_command import progress
from zebra.files import whole_file, write_json_lines
from zebra.layouts import Selection, formats
from zebra.survey import Survey

from .helpers import assert_one_sentence

PAIR_KEYS = [
    "prompt",
    "chosen",
    "rejected",
    "prompt_id",
    "chosen_model",
    "rejected_model",
    "quality_gap",
    "similarity",
    "label_confidence",
]


def rows_of(path):
    def refuse(name):
        raise AssertionError(f"{name} is no JSON")

    with open(path, encoding="utf-8", newline="\n") as lines:
        return [json.loads(line, parse_constant=refuse) for line in lines]


def shape(value):
    if isinstance(value, dict):
        return tuple((name, shape(part)) for name, part in value.items())
    if isinstance(value, list):
        return ("list", *sorted({shape(part) for part in value}))
    return type(value).__name__


def test_preferences_become_conversations(zebra, tmp_path, sample_database):
    called = zebra("export", "preferences_similarity", "-o", tmp_path / "pairs.jsonl")
    assert (called.status, called.out) == (0, "")
    rows = rows_of(tmp_path / "pairs.jsonl")
    size = (tmp_path / "pairs.jsonl").stat().st_size
    assert called.err.endswith(
        f"Wrote {len(rows)} rows of preferences_similarity (trl, {size:,} bytes) "
        f"to {tmp_path / 'pairs.jsonl'}.\n"
    )
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        expected = connection.execute(
            "select prompt, chosen, rejected, prompt_id, chosen_model, rejected_model, "
            "quality_gap, similarity, label_confidence from preferences_similarity "
            "order by prompt_id, pair_rank"
        ).fetchall()
    assert [list(row) for row in rows] == [PAIR_KEYS] * len(expected)
    for row, (prompt, chosen, rejected, *extras) in zip(rows, expected, strict=True):
        assert row["prompt"] == [{"role": "user", "content": prompt.strip()}]
        assert row["chosen"] == [{"role": "assistant", "content": chosen.strip()}]
        assert row["rejected"] == [{"role": "assistant", "content": rejected.strip()}]
        assert [row[key] for key in PAIR_KEYS[3:]] == extras


def test_every_row_has_the_same_keys_and_types(zebra, tmp_path):
    zebra("export", "preferences", "-o", tmp_path / "pairs.jsonl")
    rows = rows_of(tmp_path / "pairs.jsonl")
    assert rows
    assert len({shape(row) for row in rows}) == 1


def test_the_format_of_a_row_is_a_choice(zebra, tmp_path, sample_database):
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        described = connection.execute("describe preferences").fetchall()
    zebra("export", "preferences", "--format", "rows", "-o", tmp_path / "rows.jsonl")
    assert list(rows_of(tmp_path / "rows.jsonl")[0]) == [name for name, *_ in described]


def test_every_relation_can_be_exported(zebra, tmp_path):
    listed = [json.loads(line) for line in zebra("tables", "--all", "--json").out.splitlines()]
    for relation in listed:
        path = tmp_path / f"{relation['relation']}.jsonl"
        called = zebra("export", relation["relation"], "-o", path, "--format", "rows")
        assert called.status == 0, called.err
        assert len(rows_of(path)) == relation["rows"]


def test_no_rows_make_an_empty_file(zebra, tmp_path, make_database):
    path = make_database("create table t (a integer)")
    called = zebra("export", "t", "-o", tmp_path / "t.jsonl", "--database", path)
    assert called.err.startswith("Wrote 0 rows of t (rows, 0 bytes)")
    assert (tmp_path / "t.jsonl").read_bytes() == b""


@pytest.mark.parametrize("relation", ["preferences", "model_pairs", "responses"])
def test_the_same_database_gives_the_same_bytes(zebra, tmp_path, on_threads, relation):
    written = exported_on_threads(zebra, tmp_path, on_threads, relation)
    assert len(written) == 3 and len(set(written)) == 1


@pytest.mark.parametrize("layout", formats())
def test_a_large_export_is_the_same_on_any_threads(
    zebra, tmp_path, on_threads, large_database, layout
):
    flags = ["--database", large_database, "--format", layout]
    written = exported_on_threads(zebra, tmp_path, on_threads, "preferences", *flags)
    assert len(written) == 3 and len(set(written)) == 1
    rows = [json.loads(line) for line in written[0].splitlines()]
    if layout in ("trl", "trl-implicit", "text", "rows"):
        assert [row["prompt_id"] for row in rows] == sorted(row["prompt_id"] for row in rows)


def exported_on_threads(zebra, folder, on_threads, relation, *flags):
    """The bytes of an export on 1, 2 and 8 threads, as a list."""
    written = []
    for threads in on_threads():
        path = folder / f"{threads}.jsonl"
        assert zebra("export", relation, "-o", path, *flags).status == 0
        written.append(path.read_bytes())
    return written


def test_memory_does_not_grow_with_the_export(large_database, tmp_path):
    with Database(large_database) as database, open(tmp_path / "large.jsonl", "wb") as stream:
        relation = database.relation("preferences")
        tracemalloc.start()
        try:
            selection = Selection(relation=relation, layout=formats()["trl"])
            rows, size = write_json_lines(database, selection.query, stream)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert (rows, size) == (60_000, (tmp_path / "large.jsonl").stat().st_size)
    assert peak < size / 5


def test_large_and_unusual_values_are_valid_json(zebra, tmp_path, make_database):
    path = make_database(
        """
        create table t as select
            170141183460469231731687303715884105727::hugeint as huge, 1.10::decimal(9, 2) as dec,
            date '2020-01-02' as day, uuid() as id, [1, null] as list, {'a': 'NaN', 'b': null} as s,
            map {'k': 1} as m, '{"a": 1}'::json as j, 'Infinity " \\ ' || chr(10) || chr(8232) as t
        """
    )
    zebra("export", "t", "-o", tmp_path / "t.jsonl", "--database", path)
    (row,) = rows_of(tmp_path / "t.jsonl")
    assert row["huge"] == 2**127 - 1
    assert row["s"] == {"a": "NaN", "b": None}
    assert row["j"] == {"a": 1}
    assert row["t"] == 'Infinity " \\ \n\u2028'


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "jsonl.zst"])
@pytest.mark.parametrize("value", ["'nan'::double", "['-inf'::float]", "{'a': 'inf'::double}"])
def test_numbers_that_json_lacks_are_refused(zebra, tmp_path, make_database, value, ending):
    path = make_database(f"create table t as select 'k7' as key, 'NaN' as word, {value} as score")
    called = zebra("export", "t", "-o", tmp_path / f"t.{ending}", "--database", path)
    assert_one_sentence(called, 1, "Column score is NaN or infinite", "key k7")
    assert os.listdir(tmp_path) == ["made.duckdb"]


def test_an_existing_file_is_kept_unless_forced(zebra, tmp_path):
    path = tmp_path / "quality.jsonl"
    path.write_text("mine")
    called = zebra("export", "model_quality", "-o", path)
    assert_one_sentence(called, 2, "quality.jsonl exists", "--force")
    assert path.read_text() == "mine"
    assert zebra("export", "model_quality", "-o", path, "--force").status == 0
    assert "gpt-4" in path.read_text()
    assert os.listdir(tmp_path) == ["quality.jsonl"]


def test_a_link_stays_a_link(zebra, tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "real.jsonl").write_text("old")
    (tmp_path / "link.jsonl").symlink_to(tmp_path / "data" / "real.jsonl")
    assert zebra("export", "model_quality", "-o", tmp_path / "link.jsonl", "--force").status == 0
    assert (tmp_path / "link.jsonl").is_symlink()
    assert "gpt-4" in (tmp_path / "data" / "real.jsonl").read_text()


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path):
    path = tmp_path / "pairs.jsonl"
    for old in (None, b"old"):
        if old:
            path.write_bytes(old)
        with pytest.raises(ZeroDivisionError), whole_file(path) as part:
            part.write_bytes(b"half")
            raise ZeroDivisionError
        assert [file.read_bytes() for file in tmp_path.iterdir()] == ([old] if old else [])


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("relation", ["preferences", "endless"])
def test_an_interrupted_export_leaves_nothing(
    start_zebra, tmp_path, large_database, number, relation
):
    generator = random.Random(number)
    for _ in range(3):
        process = start_zebra(
            "export", relation, "-o", tmp_path / "out.jsonl", "--database", large_database
        )
        while not os.listdir(tmp_path) and process.poll() is None:
            time.sleep(0.005)
        time.sleep(generator.random() * 0.2)
        process.send_signal(number)
        _, err = process.communicate(timeout=30)
        left = os.listdir(tmp_path)
        if process.returncode == 0:
            # It was done before the signal came.
            assert left == ["out.jsonl"]
            assert len(rows_of(tmp_path / "out.jsonl")) == 60_000
            (tmp_path / "out.jsonl").unlink()
            continue
        assert left == []
        assert b"Traceback" not in err
        if number == signal.SIGINT:
            assert process.returncode == 130
            assert err.strip() == b"Error: interrupted."
        else:
            assert process.returncode == 128 + number


def test_a_disk_that_is_full(start_zebra, tmp_path, large_database):
    process = start_zebra(
        *["export", "preferences", "-o", tmp_path / "out.jsonl", "--database", large_database],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10**6, 10**6)),
    )
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert err.decode() == f"Error: {tmp_path / 'out.jsonl'} cannot be written: File too large.\n"
    assert os.listdir(tmp_path) == []


def test_progress_is_for_terminals(start_zebra, tmp_path, large_database):
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = start_zebra(
        *["export", "preferences", "-o", tmp_path / "out.jsonl", "--database", large_database],
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while block := os.read(ours, 4096):
            shown += block
    except OSError:
        pass  # Linux ends a terminal without writers so.
    assert process.wait() == 0
    assert b" 60000/60000 rows " in shown and b" MB" in shown and b"Wrote 60,000 rows" in shown
    assert process.stdout.read() == b""


@pytest.mark.parametrize("quiet", [False, True])
def test_progress_tells_of_bytes_before_rows(
    monkeypatch, sample_database, quiet, relation="prompts"
):
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with Database(sample_database) as database, open(theirs, "w") as terminal:
        monkeypatch.setattr("sys.stderr", terminal)
        selection = Selection(relation=database.relation(relation), layout=formats()["rows"])
        survey = Survey(database, selection)
        with progress(database, selection, survey, quiet) as advance:
            # as DuckDB writes, a file grows, and its rows are told of at the end
            advance(0, 7_000_000)
        terminal.write("end")
        terminal.flush()
        shown = b""
        while not shown.endswith(b"end"):
            shown += os.read(ours, 4096)
    os.close(ours)
    assert shown == b"end" if quiet else b"7.0 MB" in shown
