"""Builds that are killed, meet each other, or run out of disk."""

import ctypes
import json
import os
import random
import resource
import signal
import subprocess
import sys
import time

import duckdb
import pytest

PAIRS = "select * from preference_pairs order by all"


def write_pool(path, n_prompts, mark=""):
    with path.open("w", encoding="utf-8") as file:
        for number in range(n_prompts):
            for model in ("gpt-4", "vicuna-33b", "alpaca-7b"):
                text = f"{model} on {number}{mark} " + "word " * 150
                row = {"prompt": f"p{number}{mark}", "model": model, "response": text}
                file.write(json.dumps(row) + "\n")
    return path


def rows(database, query):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture
def start_build(repository, tmp_path):
    """Start `dbt build` in a process of its own, on a database in the test's folder."""

    def start(paths, *arguments, **options):
        return subprocess.Popen(
            [
                *[sys.executable, "-m", "dbt.cli.main", "--no-use-colors", "build"],
                *["--exclude-resource-type", "unit_test", "test"],
                *["--target-path", str(tmp_path / "target"), "--log-path", str(tmp_path / "logs")],
                *["--vars", json.dumps({"responses_path": [str(path) for path in paths]})],
                *arguments,
            ],
            cwd=repository,
            env={**os.environ, "ZEBRA_DATABASE": str(tmp_path / "zebra.duckdb")},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            **options,
        )

    return start


def finish(process):
    output, _ = process.communicate(timeout=300)
    return process.returncode, output


def test_killed_builds_leave_a_database_that_the_next_one_puts_right(
    start_build, dbt_build, tmp_path
):
    database = tmp_path / "zebra.duckdb"
    paths = [write_pool(tmp_path / "pool-0.jsonl", 3000)]
    assert finish(start_build(paths))[0] == 0
    generator = random.Random(11)
    for turn in range(1, 21):
        # another file to read in each turn, so that there is always something half done
        paths.append(write_pool(tmp_path / f"pool-{turn}.jsonl", 400, f" of {turn}"))
        process = start_build(paths)
        time.sleep(2 + generator.random() * 5)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        stored = dict(
            rows(
                database,
                "select source_file, count(*) from stg_pool_responses group by source_file",
            )
        )
        for path, count in stored.items():
            assert count == (9000 if path.endswith("pool-0.jsonl") else 1200)
    assert finish(start_build(paths))[0] == 0
    undisturbed = dbt_build(vars={"responses_path": [str(path) for path in paths]}, name="calm")
    assert rows(database, PAIRS) == rows(undisturbed.database, PAIRS)
    assert rows(database, "select count(*) from responses") == [(33_000,)]


def test_of_two_builds_at_once_the_second_ends_with_a_sentence(start_build, tmp_path):
    paths = [write_pool(tmp_path / "pool.jsonl", 20_000)]
    first = start_build(paths)
    while not (tmp_path / "zebra.duckdb").exists():
        assert first.poll() is None
        time.sleep(0.02)
    time.sleep(0.5)
    status, output = finish(start_build(paths, "--target-path", str(tmp_path / "other")))
    assert status != 0
    assert f"is in use by process {first.pid}, such as a dbt build" in output
    assert "Traceback" not in output
    assert finish(first)[0] == 0
    assert rows(tmp_path / "zebra.duckdb", "select count(*) from responses") == [(60_000,)]


def test_a_command_during_a_build_says_that_it_is_locked(start_build, tmp_path):
    paths = [write_pool(tmp_path / "pool.jsonl", 20_000)]
    process = start_build(paths)
    answers = set()
    while process.poll() is None:
        if (tmp_path / "zebra.duckdb").exists():
            command = [sys.executable, "-m", "zebra", "--database", tmp_path / "zebra.duckdb"]
            asked = subprocess.run([*command, "tables"], capture_output=True, text=True)
            answers.add((asked.returncode, "is in use by process" in asked.stderr))
    assert finish(process)[0] == 0
    assert (1, True) in answers


def test_a_reader_makes_a_build_end_with_a_sentence(start_build, tmp_path):
    paths = [write_pool(tmp_path / "pool.jsonl", 20)]
    assert finish(start_build(paths))[0] == 0
    with duckdb.connect(str(tmp_path / "zebra.duckdb"), read_only=True):
        status, output = finish(start_build(paths))
    assert status != 0
    assert f"is in use by process {os.getpid()}, such as a dbt build or a notebook" in output
    assert "Traceback" not in output
    assert finish(start_build(paths))[0] == 0


def test_a_disk_that_is_full_leaves_the_tables_before_it(start_build, tmp_path):
    paths = [write_pool(tmp_path / "pool.jsonl", 50)]
    assert finish(start_build(paths))[0] == 0
    before = rows(tmp_path / "zebra.duckdb", PAIRS)
    size = (tmp_path / "zebra.duckdb").stat().st_size
    paths.append(write_pool(tmp_path / "more.jsonl", 20_000, " more"))
    limit = size + 2_000_000
    status, output = finish(
        start_build(
            paths, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        )
    )
    assert status != 0
    assert "File too large" in output or "Could not write" in output
    assert rows(tmp_path / "zebra.duckdb", PAIRS) == before
    assert finish(start_build(paths))[0] == 0
    assert rows(tmp_path / "zebra.duckdb", "select count(*) from prompts") == [(20_050,)]


def bound_by_permissions():
    """Take from root what lets it write to files that are read-only; others never have it."""
    drop_from_bounding_set, cap_dac_override = 24, 1
    ctypes.CDLL(None).prctl(drop_from_bounding_set, cap_dac_override, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="permissions are dropped as Linux has it")
def test_a_database_that_is_read_only_is_read_and_not_built(start_build, tmp_path):
    paths = [write_pool(tmp_path / "pool.jsonl", 20)]
    assert finish(start_build(paths))[0] == 0
    database = tmp_path / "zebra.duckdb"
    before = database.read_bytes()
    database.chmod(0o444)
    status, output = finish(start_build(paths, preexec_fn=bound_by_permissions))
    assert status != 0
    assert "Permission denied" in output
    assert "Traceback" not in output
    command = [sys.executable, "-m", "zebra", "--database", database, "tables"]
    asked = subprocess.run(command, capture_output=True, text=True, preexec_fn=bound_by_permissions)
    assert asked.returncode == 0
    assert "preference_pairs" in asked.stdout
    assert database.read_bytes() == before
    database.chmod(0o644)
    assert finish(start_build(paths))[0] == 0


def test_a_file_that_changes_while_it_is_read_is_read_again(start_build, tmp_path):
    path = write_pool(tmp_path / "pool.jsonl", 30_000)
    process = start_build([path])
    while not (tmp_path / "zebra.duckdb").exists() and process.poll() is None:
        time.sleep(0.01)
    # the file is listed by now or about to be, and takes longer to read than this takes to write
    with path.open("a", encoding="utf-8") as file:
        row = {"prompt": "late", "model": "gpt-4", "response": "late"}
        file.write(json.dumps(row) + "\n")
    assert finish(process)[0] == 0
    assert finish(start_build([path]))[0] == 0
    assert rows(
        tmp_path / "zebra.duckdb", "select count(*) from responses where response = 'late'"
    ) == [(1,)]
