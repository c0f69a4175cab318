"""Measure builds and exports beside what the same machine needs for the bare work.

    python performance/measure.py --prompts 64000 --work /tmp/measured

Prints one Markdown table. Every command is a process of its own, timed from outside, with its peak
memory. Run it with nothing else on the machine, on as many cores as are to count (taskset).
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
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


def run(command, *, cwd, environment=None):
    """(seconds, peak megabytes) of a command that has to succeed."""
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
    return time.perf_counter() - started, usage.ru_maxrss / 1024


class Table:
    def __init__(self):
        print("| what | seconds | peak MB | size MB |\n|---|---|---|---|", flush=True)

    def add(self, what, measured, size=None):
        seconds, memory = measured
        megabytes = "" if size is None else f"{size / 1e6:,.0f}"
        print(f"| {what} | {seconds:.1f} | {memory:,.0f} | {megabytes} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--prompts", type=int, default=64_000)
    parser.add_argument("--work", type=Path, required=True, help="folder for pools and databases")
    parser.add_argument("--project", type=Path, default=PROJECT)
    parser.add_argument("--no-pandas", action="store_true", help="leave the pandas script out")
    options = parser.parse_args()
    work = options.work.resolve()
    shutil.rmtree(work / "run", ignore_errors=True)
    (work / "run").mkdir(parents=True)
    pool = work / f"pool-{options.prompts}.jsonl"
    more = work / f"more-{options.prompts}.jsonl"
    for path, prompts, seed in ((pool, options.prompts, 1), (more, options.prompts // 100, 2)):
        if not path.exists():
            generate = [sys.executable, HERE / "generate_pool.py", "--prompts", prompts]
            run([*generate, "--seed", seed, "-o", path], cwd=work)

    database = work / "run" / "zebra.duckdb"
    environment = {
        "ZEBRA_DATABASE": str(database),
        "DBT_TARGET_PATH": str(work / "run" / "target"),
        "DBT_LOG_PATH": str(work / "run" / "logs"),
    }

    def build(**settings):
        settings.setdefault("responses_path", str(pool))
        command = ["dbt", "build", "--vars", json.dumps(settings)]
        return run(command, cwd=options.project, environment=environment)

    def duckdb(sql):
        code = f"import duckdb; duckdb.connect({str(database)!r}, read_only=True).execute({sql!r})"
        return run([sys.executable, "-c", code], cwd=work)

    def export(name):
        path = work / "run" / name
        measured = run(
            ["zebra", "--database", database, "export", "preferences_trusted", "-o", path],
            cwd=work,
        )
        return measured, path.stat().st_size

    table = Table()
    table.add(f"pool of {options.prompts:,} prompts, 4 responses each", (0, 0), pool.stat().st_size)
    table.add("cold `dbt build`", build(), database.stat().st_size)
    table.add("the same again, nothing changed", build())
    project = yaml.safe_load((options.project / "dbt_project.yml").read_text(encoding="utf-8"))
    strategies = project["vars"]["strategies"]
    strategies["trusted"]["min_quality_gap"] = 0.2
    table.add("after a change of a strategy", build(strategies=strategies))
    build()
    table.add("1 % more as a new file", build(responses_path=[str(pool), str(more)]))
    table.add("export of a strategy as JSONL", *export("pairs.jsonl"))
    table.add("export of a strategy as Parquet", *export("pairs.parquet"))
    copied = (
        "select messages as prompt, [{'role': 'assistant', 'content': chosen}] as chosen, "
        "[{'role': 'assistant', 'content': rejected}] as rejected, prompt_id, chosen_model, "
        "rejected_model, quality_gap, similarity, label_confidence from preferences_trusted"
    )
    for form in ("json", "parquet"):
        path = work / "run" / f"copied.{form}"
        sql = f"copy ({copied}) to '{path}' (format {form})"
        table.add(f"floor: plain COPY of the same rows, {form}", duckdb(sql), path.stat().st_size)
    for what, sql in FLOORS.items():
        table.add(f"floor: {what}", duckdb(sql.format(pool=pool)))
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
        f"import duckdb; connection = duckdb.connect({str(database)!r}, read_only=True)\n"
        "connection.execute('set enable_progress_bar = false')\n"
        "print(connection.execute('select sum(strlen(response)) + sum(strlen(prompt)) "
        "from stg_pool_responses').fetchone()[0])"
    )
    text = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
    table.add("text in the database", (0, 0), int(text))
    table.add("the database", (0, 0), database.stat().st_size)


if __name__ == "__main__":
    main()
