"""Ways to call the command line: in this process (fast), or in one of its own."""

import functools
import json
import os
import signal
import subprocess
import sys
from dataclasses import dataclass

import duckdb
import pytest

from zebra.__main__ import ENDINGS, main


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
    before = {number: signal.getsignal(number) for number in ENDINGS}

    def call(*arguments):
        capsys.readouterr()
        status = main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Called(int(status), captured.out, captured.err)

    yield call
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def shared_parse(monkeypatch, dbt_command, tmp_path_factory):
    """Have commands that run dbt run it on the parse that builds of tests share.

    One test of each command should do without, and see that it runs dbt as it is installed.
    """

    def run(command, *, cwd, env, **_):
        settings = command[command.index("--vars") + 1]
        words = command[command.index("build") : command.index("--vars")]
        ran = dbt_command(
            words,
            vars=json.loads(settings),
            project=cwd,
            folder=tmp_path_factory.mktemp("dbt"),
            environment={"ZEBRA_DATABASE": env["ZEBRA_DATABASE"]},
        )
        return subprocess.CompletedProcess(command, ran.returncode, ran.output, "")

    monkeypatch.setattr("zebra.inspect.subprocess.run", run)


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


PAIRS = """
    create table preferences as
    select
        md5(strategy || number) as pair_id,
        strategy,
        md5('p' || number) as prompt_id,
        1::bigint as pair_rank,
        md5('c' || number) as chosen_response_id,
        md5('r' || number) as rejected_response_id,
        'gpt-4' as chosen_model,
        'alpaca-7b' as rejected_model,
        0.9::double as chosen_quality,
        0.2::double as rejected_quality,
        0.7::double as quality_gap,
        0.5::double as similarity,
        0.6 + number / 100 as label_confidence,
        (11 - number)::bigint as curriculum_rank,
        case when number % 5 = 0 then 'test' else 'train' end as split,
        'Question ' || number || '?' as prompt,
        [
            {'role': 'system', 'content': 'Be brief.'},
            {'role': 'user', 'content': 'Hi'},
            {'role': 'assistant', 'content': 'Hello.'},
            {'role': 'user', 'content': prompt},
        ] as messages,
        ' The better answer to ' || number || chr(10) as chosen,
        'The worse answer to ' || number as rejected,
        'made' as source,
    from (values ('easy'), ('hard')) as strategies (strategy), range(1, 11) as numbers (number)
"""


@pytest.fixture
def on_threads(monkeypatch):
    """Go through 1, 2 and 8, with DuckDB on so many threads meanwhile."""

    def each():
        connect = duckdb.connect
        for threads in (1, 2, 8):
            with monkeypatch.context() as patch:
                patch.setattr(
                    duckdb,
                    "connect",
                    functools.partial(connect, config={"threads": threads}),
                )
                yield threads

    return each


@pytest.fixture
def pairs_database(make_database):
    """`preferences`: strategies easy and hard, prompts 1 to 10, two of them in split test.

    A call takes SQL that changes the table, and returns the database's path.
    """

    def make(change=""):
        return make_database(PAIRS + ";" + change, name="pairs.duckdb")

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
                md5('chosen' || i) as chosen_response_id,
                md5('rejected' || i) as rejected_response_id,
                'gpt-4' as chosen_model,
                'alpaca-7b' as rejected_model,
                0.9::double as chosen_quality,
                0.2::double as rejected_quality,
                i / 60000 as quality_gap,
                0.5::double as similarity,
                0.75::double as label_confidence,
                'train' as split,
                (60000 - i)::bigint as curriculum_rank,
                'made' as source,
                repeat('prompt' || i, 30) as prompt,
                [{'role': 'user', 'content': prompt}] as messages,
                repeat('chosen' || i, 30) as chosen,
                repeat('rejected' || i, 30) as rejected,
            from range(60000) as t(i);
            create view endless as select i, md5(i::varchar) as text from range(1000000000) as t(i);
            """
        )
    return path
