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
from functools import partial

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
def start_build(dbt_start, tmp_path):
    """Start `dbt build` on a database in the test's folder, without tests unless asked for.

    only: a relation; it and what it needs are built.
    """

    def start(paths, *, folder="dbt", tests=False, before=None, only=None):
        excluded = ["unit_test"] if tests else ["unit_test", "test"]
        selected = ["--select", f"+{only}"] if only else []
        return dbt_start(
            ["build", "--exclude-resource-type", *excluded, *selected],
            vars={"responses_path": [str(path) for path in paths]},
            folder=tmp_path / folder,
            environment={"ZEBRA_DATABASE": str(tmp_path / "zebra.duckdb")},
            before=before,
        )

    return start


@pytest.fixture
def build(start_build):
    """Run such a build; returns its exit status and what it printed."""

    def run(paths, **settings):
        ran = start_build(paths, **settings).wait()
        return ran.returncode, ran.output

    return run


def test_killed_builds_leave_a_database_that_the_next_one_puts_right(start_build, build, tmp_path):
    database = tmp_path / "zebra.duckdb"
    paths = [write_pool(tmp_path / "pool-0.jsonl", 1000)]
    assert build(paths)[0] == 0
    # No later relation is compared below: a kill among them would show nothing.
    decide = partial(start_build, only="preference_pairs")
    started = time.monotonic()
    assert decide(paths).wait().returncode == 0
    whole = time.monotonic() - started
    generator = random.Random(11)
    n_killed = 0
    for turn in range(1, 21):
        # another file to read in each turn, so that there is always something half done
        paths.append(write_pool(tmp_path / f"pool-{turn}.jsonl", 200, f" of {turn}"))
        running = decide(paths)
        time.sleep(whole * (0.1 + 0.8 * generator.random()))
        running.kill()
        n_killed += running.wait().returncode == -signal.SIGKILL
        stored = dict(
            rows(
                database,
                "select source_file, count(*) from stg_pool_responses group by source_file",
            )
        )
        for path, count in stored.items():
            assert count == (3000 if path.endswith("pool-0.jsonl") else 600)
    assert n_killed > 10
    assert build(paths, tests=True)[0] == 0
    (tmp_path / "calm").mkdir()
    pairs = rows(database, PAIRS)
    assert rows(database, "select count(*) from responses") == [(15_000,)]
    database.rename(tmp_path / "calm" / "zebra.duckdb")
    assert build(paths)[0] == 0
    assert rows(database, PAIRS) == pairs


def test_of_two_builds_at_once_the_second_ends_with_a_sentence(start_build, build, tmp_path):
    paths = [write_pool(tmp_path / "pool.jsonl", 4_000)]
    first = start_build(paths)
    while not (tmp_path / "zebra.duckdb").exists():
        assert first.is_running()
        time.sleep(0.02)
    time.sleep(0.5)
    status, output = build(paths, folder="beside")
    assert status != 0
    assert f"is in use by process {first.pid}, such as a dbt build" in output
    assert "Traceback" not in output
    assert first.wait().returncode == 0
    assert rows(tmp_path / "zebra.duckdb", "select count(*) from responses") == [(12_000,)]


def test_a_command_during_a_build_says_that_it_is_locked(start_build, tmp_path):
    paths = [write_pool(tmp_path / "pool.jsonl", 4_000)]
    running = start_build(paths)
    answers = set()
    while running.is_running():
        if (tmp_path / "zebra.duckdb").exists():
            command = [sys.executable, "-m", "zebra", "--database", tmp_path / "zebra.duckdb"]
            asked = subprocess.run([*command, "tables"], capture_output=True, text=True)
            answers.add((asked.returncode, "is in use by process" in asked.stderr))
    assert running.wait().returncode == 0
    assert (1, True) in answers


def test_a_reader_makes_a_build_end_with_a_sentence(build, tmp_path):
    paths = [write_pool(tmp_path / "pool.jsonl", 20)]
    assert build(paths)[0] == 0
    with duckdb.connect(str(tmp_path / "zebra.duckdb"), read_only=True):
        status, output = build(paths)
    assert status != 0
    assert f"is in use by process {os.getpid()}, such as a dbt build or a notebook" in output
    assert "Traceback" not in output
    assert build(paths)[0] == 0


def test_a_disk_that_is_full_leaves_the_tables_before_it(build, tmp_path):
    paths = [write_pool(tmp_path / "pool.jsonl", 50)]
    assert build(paths)[0] == 0
    before = rows(tmp_path / "zebra.duckdb", PAIRS)
    size = (tmp_path / "zebra.duckdb").stat().st_size
    paths.append(write_pool(tmp_path / "more.jsonl", 6_000, " more"))
    limit = size + 500_000
    full = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (limit, limit))
    status, output = build(paths, before=full)
    assert status != 0
    assert "File too large" in output or "Could not write" in output
    assert rows(tmp_path / "zebra.duckdb", PAIRS) == before
    assert build(paths)[0] == 0
    assert rows(tmp_path / "zebra.duckdb", "select count(*) from prompts") == [(6_050,)]


def bound_by_permissions():
    """Take from root what lets it write to files that are read-only; others never have it."""
    drop_from_bounding_set, cap_dac_override = 24, 1
    ctypes.CDLL(None).prctl(drop_from_bounding_set, cap_dac_override, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="permissions are dropped as Linux has it")
def test_a_database_that_is_read_only_is_read_and_not_built(build, repository, tmp_path):
    paths = [write_pool(tmp_path / "pool.jsonl", 20)]
    assert build(paths, only="preference_pairs")[0] == 0
    database = tmp_path / "zebra.duckdb"
    before = database.read_bytes()
    database.chmod(0o444)
    command = [sys.executable, "-m", "dbt.cli.main", "build", "--select", "stg_benchmarks"]
    command += ["--target-path", tmp_path / "target", "--log-path", tmp_path / "logs"]
    built = subprocess.run(
        command,
        cwd=repository,
        env={**os.environ, "ZEBRA_DATABASE": str(database)},
        capture_output=True,
        text=True,
        preexec_fn=bound_by_permissions,
    )
    status, output = built.returncode, built.stdout + built.stderr
    assert status != 0
    assert "Permission denied" in output
    assert "Traceback" not in output
    command = [sys.executable, "-m", "zebra", "--database", database, "tables"]
    asked = subprocess.run(command, capture_output=True, text=True, preexec_fn=bound_by_permissions)
    assert asked.returncode == 0
    assert "preference_pairs" in asked.stdout
    assert database.read_bytes() == before
    database.chmod(0o644)
    assert build(paths, only="preference_pairs")[0] == 0


def test_a_file_that_changes_while_it_is_read_is_read_again(start_build, build, tmp_path):
    path = write_pool(tmp_path / "pool.jsonl", 15_000)
    running = start_build([path])
    while not (tmp_path / "zebra.duckdb").exists() and running.is_running():
        time.sleep(0.01)
    # the file is listed by now or about to be, and takes longer to read than this takes to write
    with path.open("a", encoding="utf-8") as file:
        row = {"prompt": "late", "model": "gpt-4", "response": "late"}
        file.write(json.dumps(row) + "\n")
    assert running.wait().returncode == 0
    assert build([path])[0] == 0
    assert rows(
        tmp_path / "zebra.duckdb", "select count(*) from responses where response = 'late'"
    ) == [(1,)]
