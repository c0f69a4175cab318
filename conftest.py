"""Builds of the project for tests: which fixture to use when is in CONTRIBUTING.md."""

import fcntl
import json
import os
import shutil
from pathlib import Path

import pytest

from dbt_processes import Ran, Servers

REPOSITORY = Path(__file__).parent
PROJECT_FILES = [
    ".dbtignore",
    "dbt_project.yml",
    "profiles.yml",
    "models",
    "macros",
    "seeds",
    "tests",
]

# dbt's own warnings fail a build; tests of severity warn may warn, as their models do by var.
WARNINGS = {
    "error": "all",
    "warn": ["LogTestResult", "JinjaLogWarning", "RunResultWarning", "RunResultWarningMessage"],
}


@pytest.fixture(scope="session")
def repository():
    return REPOSITORY


@pytest.fixture(scope="session")
def dbt_start(tmp_path_factory):
    """Start dbt with a list of arguments, as dbt_command does, and return while it runs."""
    servers = Servers(tmp_path_factory.mktemp("servers"), REPOSITORY)

    def start(
        arguments,
        *,
        vars=None,
        project=REPOSITORY,
        name=None,
        folder=None,
        environment=None,
        before=None,
        reparse=False,
    ):
        if folder is None:
            base = tmp_path_factory.getbasetemp()
            folder = base / f"dbt-{name}" if name else tmp_path_factory.mktemp("dbt")
        return servers.start(
            arguments,
            folder,
            vars=vars,
            project=project,
            environment=environment,
            before=before,
            reparse=reparse,
        )

    return start


@pytest.fixture(scope="session")
def dbt_command(dbt_start):
    """Run dbt with a list of arguments; the same name keeps its database from call to call.

    The project is parsed once for all commands that can share it; reparse=True has a command parse
    it again, as dbt does.
    """

    def run(arguments, **settings):
        return dbt_start(arguments, **settings).wait()

    return run


@pytest.fixture(scope="session")
def dbt_build(dbt_command):
    """Run `dbt build`, without unit tests, which do not depend on the pool.

    only: the relations that a test looks at; they and what they need are built, without data tests.
    """

    def build(vars=None, *, name=None, args=(), check=True, project=REPOSITORY, only=()):
        arguments = ["build", "--exclude-resource-type", "unit_test"]
        if only:
            arguments += ["test", "--select", *(f"+{relation}" for relation in only)]
        ran = dbt_command([*arguments, *args], vars=vars, name=name, project=project)
        if check:
            assert ran.returncode == 0, ran.output
        return ran

    return build


@pytest.fixture(scope="session")
def once(tmp_path_factory):
    """Run something that makes a folder once for all of pytest's processes; returns what ran."""
    base = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent

    def run(name, make):
        folder, status = base / f"dbt-{name}", base / f"dbt-{name}.status"
        with open(base / f"dbt-{name}.lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not status.exists():
                status.write_text(str(make(folder).returncode))
        output = (folder / "output.txt").read_text(encoding="utf-8", errors="replace")
        return Ran(int(status.read_text()), output, folder / "zebra.duckdb", folder / "target")

    return run


@pytest.fixture(scope="session")
def everything(once, dbt_command):
    """The sample as users build it, with all tests there are, dbt's warnings as errors."""
    arguments = ["build", "--selector", "everything", "--warn-error-options", json.dumps(WARNINGS)]
    return once("sample", lambda folder: dbt_command(arguments, folder=folder, reparse=True))


@pytest.fixture(scope="session")
def sample_database(everything):
    """Path of the database that the sample pool builds. Open it read-only."""
    if everything.returncode:
        pytest.fail("the sample does not build; test_everything.py says why", pytrace=False)
    return everything.database


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
def judged(once, dbt_command, judged_pool):
    """Path of the database that the judged pool builds. Open it read-only."""
    arguments = ["build", "--exclude-resource-type", "unit_test"]
    vars = {"responses_path": str(judged_pool)}
    built = once("judged", lambda folder: dbt_command(arguments, vars=vars, folder=folder))
    assert built.returncode == 0, built.output
    return built.database
