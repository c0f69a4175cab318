"""What dbt understands of a pool's files, before anything is built from them."""

import contextlib
import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import click

from zebra.database import Database
from zebra.display import show_rows
from zebra.errors import DataError, UsageError

# The models that read a pool and resolve its names, with what they need; nothing is decided.
_MODELS = ["+int_pool_file_summary", "+int_responses", "+int_leaderboard_coverage"]


@contextlib.contextmanager
def inspect_pool(files, *, project, shape=None):
    """Build the reading part of the project on a scratch database; yield it opened.

    files: paths or globs. project: folder of dbt_project.yml. shape: var responses_format.
    Raises DataError with dbt's sentence when the files cannot be read.
    """
    if not (project / "dbt_project.yml").is_file():
        raise UsageError(
            f"There is no dbt_project.yml in {project}: name the folder with --project"
        )
    settings = {"responses_path": [_absolute(file) for file in files]}
    if shape:
        settings["responses_format"] = shape
    with tempfile.TemporaryDirectory(prefix="zebra-inspect-") as scratch:
        database = Path(scratch) / "inspect.duckdb"
        ran = subprocess.run(
            [
                *(sys.executable, "-m", "dbt.cli.main", "--no-use-colors", "build"),
                *("--select", *_MODELS),
                *("--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"),
                *("--vars", json.dumps(settings)),
                *("--target-path", str(Path(scratch) / "target")),
                *("--log-path", str(Path(scratch) / "logs")),
            ],
            cwd=project,
            env={**os.environ, "ZEBRA_DATABASE": str(database)},
            capture_output=True,
            text=True,
        )
        if ran.returncode != 0:
            raise DataError(_sentence(ran.stdout + ran.stderr))
        with Database(database) as opened:
            yield opened


def print_pool(database):
    """Print files, models and the first row read."""
    for file, shape, columns, *counts in database.rows(
        "select * from int_pool_file_summary order by source_file"
    ):
        records, responses, prompts, scores, malformed = (f"{count:,}" for count in counts)
        click.secho(file, bold=True)
        click.echo(f"  shape    {shape}")
        click.echo(f"  columns  {columns}")
        click.echo(
            f"  holds    {records} records, {responses} responses to {prompts} prompts, "
            f"{scores} scores, {malformed} malformed lines\n"
        )
    for title, query in (
        (
            "Models",
            "select model_as_written, n_rows, model, resolution, is_scored, nearest_name "
            "from int_pool_models order by resolution = 'unknown' desc, n_rows desc, name_key",
        ),
        (
            "Leaderboards",
            "select leaderboard, is_active, models, known_models, pool_models "
            "from int_leaderboard_coverage order by known_models desc, leaderboard",
        ),
        (
            "Rows",
            "select coalesce(reason, 'usable') as verdict, count(*) as n_rows "
            "from int_responses group by reason order by n_rows desc, verdict",
        ),
        (
            "First response",
            "select source, prompt, history, model, response, score "
            "from stg_pool_responses order by source_file, row_number, candidate_number limit 1",
        ),
    ):
        click.secho(title, bold=True)
        show_rows(database, query, 1000)
        click.echo()


def _absolute(file):
    # dbt runs in the project's folder, where a relative path means another file.
    return file if "://" in file else os.path.abspath(file)


def _sentence(output):
    """The sentence of dbt's first error, without the traceback of macros."""
    lines = [re.sub(r"^\d\d:\d\d:\d\d +", "", line).strip() for line in output.splitlines()]
    for number, line in enumerate(lines):
        if re.match(r"(Compilation|Runtime|Database) Error", line) and number + 1 < len(lines):
            return lines[number + 1].rstrip(".")
    return "dbt could not read the pool: run dbt build to see why"
