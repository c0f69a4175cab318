"""Builds of the project for tests: each in its own process, on a database of its own."""

import json
import multiprocessing
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parent
PROJECT_FILES = ["dbt_project.yml", "profiles.yml", "models", "macros", "seeds", "tests"]

# The server imports dbt once; every build is a fork of it, as clean as a new process.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["dbt.cli.main", "dbt.adapters.duckdb"])


@dataclass(frozen=True)
class Ran:
    """A dbt command that ended: its exit status, what it printed, the database it wrote."""

    returncode: int
    output: str
    database: Path
    target: Path


def _run_dbt(arguments, folder, environment, output):
    with open(output, "wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.chdir(folder)
    os.environ.update(environment)
    from dbt.cli.main import dbtRunner

    result = dbtRunner().invoke(arguments)
    if result.exception:
        print(result.exception)
    sys.stdout.flush()
    os._exit(0 if result.success else 2 if result.exception else 1)


@pytest.fixture(scope="session")
def repository():
    return REPOSITORY


@pytest.fixture(scope="session")
def dbt_command(tmp_path_factory):
    """Run dbt with a list of arguments; the same name keeps its database from call to call."""

    def run(arguments, *, vars=None, project=REPOSITORY, name=None, environment=None):
        folder = (
            tmp_path_factory.getbasetemp() / f"dbt-{name}"
            if name
            else (tmp_path_factory.mktemp("dbt"))
        )
        folder.mkdir(exist_ok=True)
        database = folder / "zebra.duckdb"
        output = folder / "output.txt"
        arguments = ["--no-use-colors", *arguments]
        arguments += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
        if vars:
            arguments += ["--vars", json.dumps(vars)]
        process = _processes.Process(
            target=_run_dbt,
            args=(
                arguments,
                str(project),
                {"ZEBRA_DATABASE": str(database), **(environment or {})},
                str(output),
            ),
        )
        process.start()
        process.join()
        text = output.read_text(encoding="utf-8", errors="replace")
        return Ran(process.exitcode, text, database, folder / "target")

    return run


@pytest.fixture(scope="session")
def dbt_build(dbt_command):
    """Run `dbt build`, without unit tests, which do not depend on the pool."""

    def build(vars=None, *, name=None, args=(), check=True, project=REPOSITORY):
        ran = dbt_command(
            ["build", "--exclude-resource-type", "unit_test", *args],
            vars=vars,
            name=name,
            project=project,
        )
        if check:
            assert ran.returncode == 0, ran.output
        return ran

    return build


@pytest.fixture(scope="session")
def sample_database(dbt_build):
    """Path of the database that the sample pool builds. Open it read-only."""
    return dbt_build(name="sample").database


@pytest.fixture
def project_copy(tmp_path):
    """A copy of the dbt project, to change its seeds or settings."""
    folder = tmp_path / "project"
    folder.mkdir()
    for name in PROJECT_FILES:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    return folder


@pytest.fixture(scope="session")
def shared_data():
    """Folder of real pools and expected results, which is no part of the project."""
    folder = os.environ.get("ZEBRA_SHARED_DATA")
    if not folder or not Path(folder).is_dir():
        pytest.skip("ZEBRA_SHARED_DATA does not name the folder of real pools")
    return Path(folder)


@pytest.fixture(scope="session")
def judged_pool(shared_data, tmp_path_factory):
    """The UltraFeedback sample with the judge's scores as its own."""
    import pandas

    judged = pandas.read_json(shared_data / "judge_gpt4_vs_davinci003.jsonl", lines=True)
    scores = judged.set_index(["instruction", "model"])["score"].to_dict()
    path = tmp_path_factory.mktemp("judged") / "pool.jsonl"
    lines = (shared_data / "ultrafeedback_sample.jsonl").read_text(encoding="utf-8").splitlines()
    with path.open("w", encoding="utf-8") as file:
        for line in lines:
            row = json.loads(line)
            for completion in row["completions"]:
                completion["overall_score"] = scores.get((row["instruction"], completion["model"]))
            file.write(json.dumps(row) + "\n")
    return path


@pytest.fixture(scope="session")
def judged(dbt_build, judged_pool):
    return dbt_build(vars={"responses_path": str(judged_pool)}, name="judged").database
