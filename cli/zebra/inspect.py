"""What dbt understands of a pool's or a leaderboard's files, before anything is built from them."""

import contextlib
import itertools
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
_POOL = ["+int_pool_file_summary", "+int_responses", "+int_leaderboard_coverage"]
# Those that read a leaderboard; its problems are shown, and stop nothing.
_LEADERBOARD = ["+stg_benchmark_scores", "+stg_scores_elsewhere", "+stg_model_aliases"]


def inspect_pool(files, *, project, shape=None, columns=None):
    """Read a pool's files on a scratch database; a context manager that gives it opened.

    files: paths or globs. project: folder of dbt_project.yml. shape: var responses_format.
    columns: var responses_columns, a dict. Raises DataError with dbt's sentence when the files
    cannot be read.
    """
    settings = {"responses_path": [_absolute(file) for file in files], "responses_table": None}
    if shape:
        settings["responses_format"] = shape
    if columns:
        settings["responses_columns"] = columns
    return _built(_POOL, settings, project)


def inspect_leaderboard(files, *, project):
    """The same of a leaderboard's files, or names of leaderboards that ship."""
    return _built(_LEADERBOARD, {"leaderboard": [_entry(file) for file in files]}, project)


@contextlib.contextmanager
def _built(models, settings, project):
    if not (project / "dbt_project.yml").is_file():
        raise UsageError(
            f"There is no dbt_project.yml in {project}: name the folder with --project"
        )
    with tempfile.TemporaryDirectory(prefix="zebra-inspect-") as scratch:
        database = Path(scratch) / "zebra.duckdb"
        ran = subprocess.run(
            [
                *(sys.executable, "-m", "dbt.cli.main", "--no-use-colors", "build"),
                *("--select", *models),
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
            "from int_pool_models where model is not null or name_key not in ("
            "select lower(trim(model_as_written)) from int_responses "
            "where reason = 'missing_model') "
            "order by resolution = 'unknown' desc, n_rows desc, name_key",
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
            "First response that can be used",
            "select texts.source, coalesce(texts.prompt, prompts.prompt) as prompt, "
            "coalesce(texts.history, prompts.history) as history, texts.model, texts.response, "
            "texts.score from int_responses as responses "
            "inner join stg_pool_responses as texts "
            "on texts.source_file = responses.source_file "
            "and texts.row_number = responses.row_number "
            "and texts.candidate_number = responses.candidate_number "
            "inner join stg_pool_responses as prompts on prompts.holds_prompt "
            "and prompts.source_file = texts.source_file "
            "and prompts.row_number = texts.row_number and prompts.prompt_id = texts.prompt_id "
            "where responses.reason is null "
            "order by responses.source_file, responses.row_number, responses.candidate_number "
            "limit 1",
        ),
    ):
        click.secho(title, bold=True)
        show_rows(database, query, 1000)
        click.echo()


def print_leaderboard(database, files):
    """Print files, what each column is read as, what stands in the way, and the line to write."""
    for number, file, shape, *counts in database.rows(
        "select file_number, source_file, min(shape), (select count(distinct model_key) "
        "from stg_leaderboard_cells as cells where cells.source_file = columns.source_file "
        "and model_key <> ''), sum(n_figures) filter (where read_as <> 'left_out'), "
        "count(distinct benchmark) from stg_leaderboard_columns as columns "
        "group by file_number, source_file order by file_number limit 20"
    ):
        models, figures, benchmarks = (f"{count or 0:,}" for count in counts)
        click.secho(file, bold=True)
        click.echo(f"  shape  {shape}")
        click.echo(f"  holds  {models} models, {figures} figures of {benchmarks} benchmarks")
        show_rows(
            database,
            "select column_name, benchmark, "
            "case when read_as = 'part' then 'a part, its mean counts' else "
            "concat(case when is_rescaled then 'rescaled ' end, unit_found) end as unit, "
            f"n_figures, note from stg_leaderboard_columns where file_number = {number} "
            "and read_as <> 'left_out' order by column_number, column_name",
            1000,
        )
        click.echo()
    for title, query in (
        (
            "Left out",
            "select column_name, reason, sum(n_figures) as n_cells from stg_leaderboard_columns "
            "where read_as = 'left_out' group by all order by reason, column_name",
        ),
        (
            "To be settled first",
            "select detail from (select problem as detail, 1 as place from stg_leaderboard_columns "
            "union all select min(model) || ' has ' || count(distinct score) || ' scores on ' || "
            "min(benchmark) || ', ' || min(score) || ' and ' || max(score) || "
            "': set duplicate_scores', 2 from stg_benchmark_scores "
            "group by model_key, benchmark_key having count(distinct score) > 1) "
            "where detail is not null order by place, detail",
        ),
        (
            "First figures",
            "select model, benchmark, score_text, score from stg_benchmark_scores "
            "order by source_file, row_number, benchmark limit 5",
        ),
    ):
        if database.rows(f"select count(*) from ({query})")[0][0]:
            click.secho(title, bold=True)
            show_rows(database, query, 1000)
            click.echo()
    click.secho("In dbt_project.yml, under vars", bold=True)
    entries = [_entry(file) for file in files]
    click.echo(f"  leaderboard: {json.dumps(entries[0] if len(entries) == 1 else entries)}")
    if not database.rows("select count(*) from stg_benchmark_scores")[0][0]:
        click.echo("  leaderboard_columns: {BENCHMARK: COLUMN}")


def _entry(file):
    # A bare word is the name of a leaderboard that ships, as in var leaderboard.
    return _absolute(file) if re.search(r"[./\\]", file) else file


def columns_of_options(options):
    """Var responses_columns from texts like prompt=question; raises UsageError at another text."""
    columns = {}
    for option in options:
        field, sign, expression = option.partition("=")
        if not sign or not field.strip() or not expression.strip():
            raise UsageError(f"--columns takes FIELD=COLUMN, such as prompt=question, not {option}")
        columns[field.strip()] = expression.strip()
    return columns


def line_for_project(columns):
    """The line for dbt_project.yml that sets var responses_columns."""
    return f"responses_columns: {json.dumps(columns, ensure_ascii=False)}"


def _absolute(file):
    # dbt runs in the project's folder, where a relative path means another file.
    return file if "://" in file else os.path.abspath(file)


def _sentence(output):
    """The sentence of dbt's first error, without the traceback of macros."""
    lines = [re.sub(r"^\d\d:\d\d:\d\d +", "", line).strip() for line in output.splitlines()]
    for number, line in enumerate(lines):
        if re.match(r"(Compilation|Runtime|Database) Error", line) and number + 1 < len(lines):
            said = itertools.takewhile(_is_said, lines[number + 1 :])
            return " ".join(said).rstrip(".")
    return "dbt could not read the files: run dbt build to see why"


def _is_said(line):
    # After the error come the macros that raised it, and what else dbt has to tell.
    return bool(line) and not line.startswith((">", "compiled code at", "LINE "))
