"""Ways to call the command line: in this process (fast), or in one of its own."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass

import duckdb
import pytest

from zebra.__main__ import main


@dataclass(frozen=True)
class Called:
    status: int
    out: str
    err: str


@pytest.fixture
def zebra(capsys, monkeypatch, sample_database):
    """Run a command in this process, on the sample database unless told otherwise."""
    monkeypatch.setenv("ZEBRA_DATABASE", str(sample_database))
    monkeypatch.setenv("COLUMNS", "100")
    before = signal.getsignal(signal.SIGTERM)

    def call(*arguments):
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Called(int(status), captured.out, captured.err)

    yield call
    signal.signal(signal.SIGTERM, before)


@pytest.fixture
def start_zebra(sample_database):
    """Start a command in a process of its own; returns the Popen, with pipes unless told."""

    def start(*arguments, **options):
        options = {
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            # A suite that runs in the background is deaf to Ctrl-C, and so would be the command.
            "preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
            **options,
        }
        return subprocess.Popen(
            [sys.executable, "-m", "zebra", *map(str, arguments)],
            env={**os.environ, "ZEBRA_DATABASE": str(sample_database)},
            **options,
        )

    return start


@pytest.fixture
def make_database(tmp_path):
    """Write a DuckDB file with some SQL; returns its path."""

    def make(sql, name="made.duckdb"):
        path = tmp_path / name
        with duckdb.connect(str(path)) as connection:
            connection.execute(sql)
        return path

    return make


@pytest.fixture(scope="session")
def large_database(tmp_path_factory):
    """A relation `preferences` of 60,000 rows of 1 kB, and an endless view `endless`."""
    path = tmp_path_factory.mktemp("large") / "large.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            """
            create table preferences as
            select
                md5(i::varchar) as pair_id,
                'similarity' as strategy,
                md5((i * 7)::varchar) as prompt_id,
                1::bigint as pair_rank,
                'gpt-4' as chosen_model,
                'alpaca-7b' as rejected_model,
                i / 60000 as quality_gap,
                0.5::double as similarity,
                0.75::double as label_confidence,
                repeat('prompt' || i, 30) as prompt,
                [{'role': 'user', 'content': prompt}] as messages,
                repeat('chosen' || i, 30) as chosen,
                repeat('rejected' || i, 30) as rejected,
            from range(60000) as t(i);
            create view endless as select i, md5(i::varchar) as text from range(1000000000) as t(i);
            """
        )
    return path
