"""Measure builds and exports beside what the same machine needs for the bare work.

    python performance/measure.py --prompts 64000 --work /tmp/measured
    python performance/measure.py --prompts 64000 --work /tmp/measured --against ../before

Prints one Markdown table. Every command is a process of its own, timed from outside, with its peak
memory. Run it with nothing else on the machine, on as many cores as are to count (taskset).

With --against, this checkout and another one take turns at every step, so that a machine whose
speed drifts is as fast for both: seconds are medians, ratios the medians of each turn's ratio.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import yaml

PROJECT = Path(__file__).parent.parent
HERE = Path(__file__).parent
FLOORS = {
    "DuckDB reads the needed columns": (
        "select count(*), sum(length(instruction)), sum(list_sum(list_transform(completions, "
        "lambda c: length(c.response)))) from read_json('{pool}', format = 'newline_delimited', "
        "columns = {{source: 'VARCHAR', instruction: 'VARCHAR', "
        "completions: 'STRUCT(model VARCHAR, response VARCHAR)[]'}})"
    ),
}
EMPTY_PROJECT = {
    "dbt_project.yml": "name: empty\nversion: '1.0.0'\nprofile: empty\n"
    "flags: {send_anonymous_usage_stats: false}\n",
    "profiles.yml": "empty: {target: dev, outputs: {dev: {type: duckdb, path: empty.duckdb}}}\n",
    "models/one.sql": "select 1 as one\n",
}


# What `zebra export` writes of a strategy, in its order and compression, without its checks.
COPY = (
    "copy (select messages as prompt, [{'role': 'assistant', 'content': chosen}] as chosen, "
    "[{'role': 'assistant', 'content': rejected}] as rejected, prompt_id, chosen_model, "
    "rejected_model, quality_gap, similarity, label_confidence from preferences_trusted "
    "order by strategy, prompt_id, pair_rank) to 'copied' "
)
FORMS = {"JSONL": "(format json)", "Parquet": "(format parquet, compression zstd)"}


@dataclass(frozen=True)
class Measured:
    """What a process took: seconds on the clock, seconds of processors, peak megabytes."""

    wall: float
    cpu: float
    memory: float


def run(command, *, cwd, environment=None):
    """Measure a command that has to succeed."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=cwd,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(map(str, command))}\n{output.decode()[-3000:]}")
    wall = time.perf_counter() - started
    return Measured(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


class Checkout:
    """A folder that holds the project, with a database and dbt's files in a folder of its own."""

    def __init__(self, folder, work):
        self.folder = folder.resolve()
        self.work = work
        self.database = work / "zebra.duckdb"
        self.environment = {
            "ZEBRA_DATABASE": str(self.database),
            "DBT_TARGET_PATH": str(work / "target"),
            "DBT_LOG_PATH": str(work / "logs"),
            # before an installed zebra
            "PYTHONPATH": str(self.folder / "cli"),
        }
        self.clear()

    def clear(self):
        """Forget the database and whatever dbt remembers."""
        shutil.rmtree(self.work, ignore_errors=True)
        self.work.mkdir(parents=True)

    def dbt(self, command, **settings):
        words = [sys.executable, "-m", "dbt.cli.main", command]
        words += ["--vars", json.dumps(settings)] if settings else []
        return run(words, cwd=self.folder, environment=self.environment)

    def changed_strategies(self):
        project = yaml.safe_load((self.folder / "dbt_project.yml").read_text(encoding="utf-8"))
        strategies = project["vars"]["strategies"]
        strategies["trusted"]["min_quality_gap"] = 0.2
        return strategies

    def sql(self, sql):
        """Run a query on the database, in the memory that builds and exports may use."""
        limit = os.environ.get("ZEBRA_MEMORY_LIMIT", "4GB")
        code = (
            f"import duckdb; connection = duckdb.connect({str(self.database)!r}, read_only=True); "
            f"connection.execute(\"set memory_limit = '{limit}'\"); connection.execute({sql!r})"
        )
        return run([sys.executable, "-c", code], cwd=self.work)

    def copy(self, form):
        return self.sql(COPY + FORMS[form])

    def export(self, form):
        self.exported(form).unlink(missing_ok=True)
        words = [sys.executable, "-m", "zebra", "--database", self.database]
        words += ["export", "preferences_trusted", "-o", self.exported(form)]
        return run(words, cwd=self.work, environment=self.environment)

    def exported(self, form):
        return self.work / f"pairs.{form.lower()}"


def pools(options, work):
    """Two pools, made when they are not there: the large one, and one of 1 % more."""
    pool = work / f"pool-{options.prompts}.jsonl"
    more = work / f"more-{options.prompts}.jsonl"
    for path, prompts, seed in ((pool, options.prompts, 1), (more, options.prompts // 100, 2)):
        if not path.exists():
            generate = [sys.executable, HERE / "generate_pool.py", "--prompts", prompts]
            run([*generate, "--seed", seed, "-o", path], cwd=work)
    return pool, more


def compare(options, work):
    """Print a table of ratios: this checkout's figures by those of another one."""
    pool, _ = pools(options, work)
    both = [Checkout(options.project, work / "this"), Checkout(options.against, work / "other")]

    def row(what, *measures, before=None):
        """Time each measure once a turn, and print the first beside the second."""
        turns = []
        for _ in range(options.turns):
            turn = []
            for number, measure in enumerate(measures):
                if before:
                    before(both[number])
                turn.append(measure())
            turns.append(turn)
        cells = []
        for figure in ("wall", "cpu"):
            pairs = [[getattr(measured, figure) for measured in turn[:2]] for turn in turns]
            cells += [f"{statistics.median(seconds):.2f}" for seconds in zip(*pairs, strict=True)]
            cells.append(f"{statistics.median(one / other for one, other in pairs):.2f}")
        print(f"| {what} | {' | '.join(cells)} |", flush=True)

    def builds(**settings):
        return [lambda checkout=checkout: checkout.dbt("build", **settings) for checkout in both]

    print("| what | seconds | of the other | ratio | of processors | of the other | ratio |")
    print("|---|---|---|---|---|---|---|", flush=True)
    row("sample, from nothing", *builds(), before=Checkout.clear)
    row("sample, nothing changed", *builds())
    values = iter(range(1000, 2000))

    def parse(checkout):
        return checkout.dbt("parse", compare_all_up_to=next(values))

    row("parse after a change of vars", *[lambda one=one: parse(one) for one in both])
    large = {"responses_path": str(pool)}
    row(f"{options.prompts:,} prompts, cold", *builds(**large), before=Checkout.clear)
    row("nothing changed", *builds(**large))

    def settled(checkout):
        checkout.dbt("build", **large)

    changed = [
        lambda one=one: one.dbt("build", strategies=one.changed_strategies(), **large)
        for one in both
    ]
    row("after a change of a strategy", *changed, before=settled)
    for checkout in both:
        settled(checkout)
    for form in FORMS:
        row(f"export as {form}", *[lambda one=one, form=form: one.export(form) for one in both])
        for name, one in zip(("this", "the other"), both, strict=True):
            row(
                f"export as {form}, {name} against plain COPY",
                lambda one=one, form=form: one.export(form),
                lambda one=one, form=form: one.copy(form),
            )


class Table:
    def __init__(self):
        print("| what | seconds | peak MB | size MB |\n|---|---|---|---|", flush=True)

    def add(self, what, measured=None, size=None):
        seconds = "" if measured is None else f"{measured.wall:.1f}"
        memory = "" if measured is None else f"{measured.memory:,.0f}"
        megabytes = "" if size is None else f"{size / 1e6:,.0f}"
        print(f"| {what} | {seconds} | {memory} | {megabytes} |", flush=True)


def measure(options, work):
    """Print a table of what builds and exports take, and what the bare work does."""
    pool, more = pools(options, work)
    project = Checkout(options.project, work / "run")
    large = {"responses_path": str(pool)}
    table = Table()
    table.add(f"pool of {options.prompts:,} prompts, 4 responses each", size=pool.stat().st_size)
    table.add("cold `dbt build`", project.dbt("build", **large), project.database.stat().st_size)
    table.add("the same again, nothing changed", project.dbt("build", **large))
    changed = project.dbt("build", strategies=project.changed_strategies(), **large)
    table.add("after a change of a strategy", changed)
    project.dbt("build", **large)
    added = project.dbt("build", responses_path=[str(pool), str(more)])
    table.add("1 % more as a new file", added)
    for form in FORMS:
        measured = project.export(form)
        size = project.exported(form).stat().st_size
        table.add(f"export of a strategy as {form}", measured, size)
    for form in FORMS:
        measured = project.copy(form)
        size = (project.work / "copied").stat().st_size
        table.add(f"floor: plain COPY of the same rows, {form}", measured, size)
    for what, sql in FLOORS.items():
        table.add(f"floor: {what}", project.sql(sql.format(pool=pool)))
    empty = work / "run" / "empty"
    for name, text in EMPTY_PROJECT.items():
        (empty / name).parent.mkdir(parents=True, exist_ok=True)
        (empty / name).write_text(text)
    run(["dbt", "build", "--profiles-dir", empty], cwd=empty)
    table.add("floor: `dbt build` of one model", run(["dbt", "build"], cwd=empty))
    if not options.no_pandas:
        script = [sys.executable, HERE / "pandas_rows.py", pool]
        script += [PROJECT / "seeds" / "benchmark_scores.csv", "similarity"]
        measured = run([*script, work / "run" / "pandas.jsonl"], cwd=work)
        table.add("pandas, row by row, one strategy", measured)
    code = (
        f"import duckdb; connection = duckdb.connect({str(project.database)!r}, read_only=True)\n"
        "connection.execute('set enable_progress_bar = false')\n"
        "print(connection.execute('select sum(strlen(response)) + sum(strlen(prompt)) "
        "from stg_pool_responses').fetchone()[0])"
    )
    text = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    table.add("text in the database", size=int(text))
    table.add("the database", size=project.database.stat().st_size)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--prompts", type=int, default=64_000)
    parser.add_argument("--work", type=Path, required=True, help="folder for pools and databases")
    parser.add_argument("--project", type=Path, default=PROJECT)
    parser.add_argument("--against", type=Path, help="folder of another checkout to compare with")
    parser.add_argument("--turns", type=int, default=3, help="times each step is compared")
    parser.add_argument("--no-pandas", action="store_true", help="leave the pandas script out")
    options = parser.parse_args()
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    if options.against:
        compare(options, work)
    else:
        measure(options, work)


if __name__ == "__main__":
    main()
