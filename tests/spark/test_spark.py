"""What Spark builds is what DuckDB builds, relation by relation and column by column.

`make test-spark` runs these in an environment of their own. Spark's builds are all made in this
process, for its start takes longer than most of them; DuckDB reads the Parquet that they write.
"""

import json
import os
import shutil
import subprocess
import sys

import duckdb
import pytest

from dbt_processes import vars_to_parse_with
from pools import write_odd_records, write_pools

pytest.importorskip("pyspark", reason="Spark is not installed: make test-spark has it")
if shutil.which("java") is None:
    pytest.skip(
        "Spark needs Java, and there is none: install default-jre-headless", allow_module_level=True
    )

# How they were built, not what they hold: a time of day, an engine, a fingerprint of DuckDB's.
OF_THE_BUILD = {"file_fingerprint", "modified_at", "engine"}
NOT_ON_SPARK = {"int_fingerprints"}
ALL_BUT_TESTS = ["--exclude-resource-type", "unit_test", "test"]
STRATEGIES = {
    "superiority": {"order_by": ["chosen_rank", "rejected_rank"]},
    "similarity": {"min_similarity": 0.1, "order_by": "similarity desc"},
    "weighted": {
        "weights": {"chosen_quality": 0.5, "similarity": 0.5},
        "order_by": ["weighted_score desc"],
    },
    "drawn": {"min_order_confidence": 0.6, "draw": True},
    "drawn_two": {"draw": True, "pairs_per_prompt": 2},
    "bounded": {
        "where": "chosen_model <> 'gpt-4'",
        "max_quality_gap": 0.6,
        "order_by": "quality_gap",
    },
    "alike_in_length": {"max_length_ratio": 2, "order_by": "quality_gap desc"},
    "everything": {"pairs_per_prompt": "all", "order_by": "win_share desc, similarity"},
}


class Spark:
    """dbt on Spark, all in this process; what it parses is shared, as in dbt_processes."""

    def __init__(self, repository, folder):
        self.warehouse = folder / "warehouse"
        self._options = [
            *("--target", "spark", "--quiet", "--log-level-file", "none"),
            *("--project-dir", str(repository), "--profiles-dir", str(repository)),
            *("--target-path", str(folder), "--log-path", str(folder)),
        ]
        self._parsed = {}

    def run(self, arguments, vars, schema):
        """Run dbt in a schema of its own; returns whether it succeeded, and what it said."""
        from dbt.cli.main import dbtRunner

        said = []
        os.environ["ZEBRA_SPARK_SCHEMA"] = schema
        runner = dbtRunner(
            self._manifest(vars, schema), [lambda event: said.append(event.info.msg)]
        )
        ran = runner.invoke([*arguments, *self._options, "--vars", json.dumps(vars)])
        return ran.success, "\n".join(said)

    def _manifest(self, vars, schema):
        from dbt.cli.main import dbtRunner

        key = json.dumps(vars_to_parse_with(vars))
        if key not in self._parsed:
            parsed = dbtRunner().invoke(["parse", *self._options, "--vars", key])
            assert parsed.success, parsed.exception
            self._parsed[key] = parsed.result
        manifest = self._parsed[key]
        for relation in (*manifest.nodes.values(), *manifest.sources.values()):
            relation.schema = schema
        return manifest

    def build(self, arguments, vars, schema):
        """Build in a schema of its own; returns the folder of its tables."""
        succeeded, said = self.run(arguments, vars, schema)
        assert succeeded, said[-4000:]
        return self.warehouse / f"{schema}.db"

    def write_views(self, folder):
        """What views show, as Parquet beside the tables."""
        from pyspark.sql import SparkSession

        session = SparkSession.active()
        for table in session.catalog.listTables(folder.stem):
            if table.tableType == "VIEW" and not table.isTemporary:
                view = session.table(f"{folder.stem}.{table.name}")
                view.coalesce(1).write.parquet(str(folder / table.name))


@pytest.fixture(scope="session")
def spark(repository, tmp_path_factory):
    from dbt.task import runnable

    folder = tmp_path_factory.mktemp("spark")
    before = dict(os.environ), os.getcwd(), runnable.write_manifest
    # It would be the same file each time.
    runnable.write_manifest = lambda *_: None
    os.environ.update(
        SPARK_LOCAL_IP="127.0.0.1",
        ZEBRA_SPARK_WAREHOUSE=str(folder / "warehouse"),
        # The pools are small, and each partition is a task of its own.
        ZEBRA_SPARK_PARTITIONS="2",
    )
    os.chdir(repository)
    yield Spark(repository, folder)
    runnable.write_manifest = before[2]
    os.chdir(before[1])
    os.environ.clear()
    os.environ.update(before[0])


def differences(database, folder, views=False, leave_out=frozenset()):
    """Rows of DuckDB's relations that Spark's have not, and the other way round; none is right."""
    found = []
    with duckdb.connect() as connection:
        connection.execute(f"attach '{database}' as built (read_only)")
        connection.execute("use built.main")
        kinds = "('BASE TABLE', 'VIEW')" if views else "('BASE TABLE')"
        relations = connection.execute(
            "select table_name from information_schema.tables where table_catalog = 'built' "
            f"and table_schema = 'main' and table_type in {kinds} order by 1"
        ).fetchall()
        for (name,) in relations:
            if name in NOT_ON_SPARK:
                continue
            there = f"read_parquet('{folder / name}/*.parquet', hive_partitioning = false)"
            columns = connection.execute(f"describe {name}").fetchall()
            names = {column[0] for column in columns}
            assert names == {
                column[0] for column in connection.execute(f"describe from {there}").fetchall()
            }, name
            shown = ", ".join(
                f'cast("{column}" as {kind}) as "{column}"'
                for column, kind, *_ in columns
                if column not in OF_THE_BUILD | leave_out
            )
            here, there = f"select {shown} from {name}", f"select {shown} from {there}"
            only_here = connection.execute(f"{here} except all {there}").fetchall()
            only_there = connection.execute(f"{there} except all {here}").fetchall()
            if not _are_nearly_equal(only_here, only_there):
                found.append((name, only_here[:3], only_there[:3]))
    return found


def _are_nearly_equal(rows, other_rows):
    """Whether rows differ in their floats alone, and there by no more than 1e-9."""

    def key(row):
        return [str(round(value, 6)) if isinstance(value, float) else str(value) for value in row]

    if len(rows) != len(other_rows):
        return False
    return all(
        abs(value - other) <= 1.001e-9
        if isinstance(value, float) and isinstance(other, float)
        else value == other
        for row, other_row in zip(sorted(rows, key=key), sorted(other_rows, key=key))
        for value, other in zip(row, other_row)
    )


def test_rows_are_compared_to_the_ninth_decimal():
    assert _are_nearly_equal([("a", 0.123456789)], [("a", 0.123456788)])
    assert not _are_nearly_equal([("a", 0.123456789)], [("a", 0.123456786)])
    assert not _are_nearly_equal([("a", None)], [("a", 0.0)])
    assert not _are_nearly_equal([("a", 1)], [])


@pytest.fixture
def build_both(spark, dbt_start):
    """Build the same on both engines, at the same time: DuckDB's database and Spark's folder."""

    def build(vars, name, *, only=(), folder=None):
        arguments = ["build", *ALL_BUT_TESTS]
        if only:
            arguments += ["--select", *(f"+{relation}" for relation in only)]
        running = dbt_start(arguments, vars=vars, folder=folder)
        built_by_spark = spark.build(arguments, vars, name)
        built = running.wait()
        assert built.returncode == 0, built.output
        return built.database, built_by_spark

    return build


@pytest.fixture(scope="session")
def sample(spark, dbt_start):
    """The sample on both engines; on Spark with data tests and unit tests."""
    running = dbt_start(["build", *ALL_BUT_TESTS])
    folder = spark.build(["build", "--selector", "everything"], {}, "sample")
    spark.write_views(folder)
    built = running.wait()
    assert built.returncode == 0, built.output
    return built.database, folder


def test_the_sample_and_its_views(sample):
    database, folder = sample
    assert differences(database, folder, views=True) == []


@pytest.mark.parametrize("leaderboard", [None, "paper"])
def test_ultrafeedback(build_both, shared_data, leaderboard):
    vars = {
        "responses_path": str(shared_data / "ultrafeedback_sample.jsonl"),
        "leaderboard": leaderboard,
    }
    database, folder = build_both(vars, f"ultrafeedback_{leaderboard or 'seeds'}")
    assert differences(database, folder) == []


def test_many_files_odd_records_and_settings_that_are_not_the_usual_ones(build_both, tmp_path):
    write_pools(tmp_path / "pools")
    write_odd_records(tmp_path / "pools" / "odd.jsonl")
    vars = {
        "responses_path": str(tmp_path / "pools" / "*"),
        "strategies": STRATEGIES,
        "normalization": "zscore",
        "similarity": "centered_cosine",
        "missing_scores": "shared_only",
        "confidence_slope": "auto",
        "test_fraction": 0.3,
        "distinct_prefix": 64,
        "unusable_pairs": ["same_folded_text", "repeats_prompt", "chosen_refuses"],
        "exclude_sources": ["pool-6"],
        "capability_weights": {"reasoning": 2},
    }
    database, folder = build_both(vars, "many_files")
    assert differences(database, folder) == []
    with duckdb.connect(str(database), read_only=True) as connection:
        shapes, pairs = connection.execute(
            "select count(distinct shape), (select count(*) from preference_pairs) "
            "from stg_pool_responses"
        ).fetchone()
        reasons = connection.execute(
            "select count(distinct reason) from quarantined_responses "
            "where source_file like '%odd.jsonl'"
        ).fetchone()[0]
    assert shapes == 4 and pairs > 1000 and reasons > 3


def test_a_table_of_the_catalogue(sample, build_both, tmp_path):
    """The rows lie in another order on each engine; of two answers the same one stays."""
    from pyspark.sql import SparkSession

    write_pools(tmp_path / "pools")
    found = f"read_json('{tmp_path / 'pools'}/pool-[09].jsonl*', union_by_name = true)"
    vars = {
        "responses_table": "lake.answers",
        "missing_scores": "shared_only",
        "normalization": "rank",
    }
    with duckdb.connect(str(tmp_path / "zebra.duckdb")) as connection:
        connection.execute(f"create schema lake; create table lake.answers as from {found}")
        connection.execute(
            "copy (from lake.answers order by response desc, model) to "
            f"'{tmp_path / 'answers.parquet'}'"
        )
    session = SparkSession.active()
    session.sql("create schema lake")
    session.read.parquet(str(tmp_path / "answers.parquet")).write.saveAsTable("lake.answers")
    only = ["preference_pairs", "quarantined_responses", "strategy_summary", "pool_summary"]
    database, folder = build_both(vars, "catalogue", only=only, folder=tmp_path)
    assert differences(database, folder, leave_out={"row_number"}) == []
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute(
            "select count(*) > 5 from quarantined_responses where reason = 'duplicate_model'"
        ).fetchone()[0]


def test_leaderboards_of_the_users_own(build_both, tmp_path):
    """A long and a wide CSV file, which overlap, with percent signs, blanks and unknown columns."""
    (tmp_path / "long.csv").write_text(
        "Model,Benchmark,Score,Source\n"
        + "".join(
            f'"{model}",{benchmark},{score},"it\'s ""here"" \\, somewhere"\n'
            for model, benchmark, score in [
                ("GPT-4", "MMLU", "86.4%"),
                ("bard", "MMLU", "70.1"),
                ("gpt-4", "GSM8K", "92.0"),
                ("bard", "GSM8K", " 57.1 "),
                ("vicuna-33b", "MMLU", ".592"),
                ("vicuna-33b", "GSM8K", "5.8e1"),
                ("alpaca-7b", "GSM8K", ""),
                ("alpaca-7b", "HellaSwag", "n/a"),
            ]
        ),
        encoding="utf-8",
    )
    (tmp_path / "wide.csv").write_text(
        "model,HellaSwag,MMLU,ARC-Challenge,Average,hub likes\n"
        "gpt-4,95.3,86.4,.963,90.85,12\nalpaca-7b,76.12,-,0.4266,59.39,1\n"
        "Bard,7.0e1,71.3,,,\nvicuna-33b,83.0%,,.621,,\n",
        encoding="utf-8",
    )
    vars = {
        "leaderboard": [str(tmp_path / "long.csv"), str(tmp_path / "wide.csv")],
        "duplicate_scores": "mean",
    }
    only = ["model_pairs", "doubtful_figures", "figures_elsewhere", "leaderboard_problems"]
    database, folder = build_both(vars, "boards", only=only)
    assert differences(database, folder) == []
    with duckdb.connect(str(database), read_only=True) as connection:
        assert connection.execute("select count(*) from model_pairs").fetchone()[0] > 2


def test_the_command_line_reads_what_spark_wrote(sample, dbt_command, tmp_path):
    """Through a DuckDB file of views, as README says; what it exports is the same to the byte."""
    database, folder = sample
    arguments = json.dumps({"folder": str(folder)})
    shown = dbt_command(
        ["run-operation", "show_spark_tables", "--args", arguments], name="spark-shown"
    )
    assert shown.returncode == 0, shown.output
    shown = dbt_command(["run", "--select", "config.materialized:view"], name="spark-shown")
    assert shown.returncode == 0, shown.output
    exported = []
    for source in (shown.database, database):
        path = tmp_path / f"{len(exported)}.jsonl"
        command = [sys.executable, "-m", "zebra", "--database", str(source)]
        command += ["export", "preferences_trusted", "-o", str(path)]
        called = subprocess.run(command, capture_output=True, text=True)
        assert called.returncode == 0, called.stderr
        exported.append(path.read_bytes())
    assert exported[0] == exported[1] and exported[0]


REFUSED = {
    "a shape": (
        {"responses_path": "battles.jsonl"},
        {"prompt": "p", "model_a": "gpt-4", "model_b": "bard", "winner": "a", "response_a": "r",
         "response_b": "s"},
        "which is of the shape arena_texts, is for DuckDB alone, and this is Spark: bring it into"
        " one of the shapes flat, conversation, ultrafeedback, parallel, or build with",
    ),
    "a list of records": (
        {"responses_path": "list.json"},
        [{"prompt": "p", "model": "gpt-4", "response": "r"}],
        "which is not one JSON record to a line, is for DuckDB alone",
    ),
    "a leaderboard": (
        {"leaderboard": "board.json"},
        [{"model": "gpt-4", "benchmark": "MMLU", "score": 1}],
        "is for DuckDB alone, and this is Spark: ",
    ),
    "a table that is not there": (
        {"responses_table": "nowhere.answers"},
        None,
        "The table or view `nowhere`.`answers` cannot be found",
    ),
    "a cap": (
        {"strategies": {"capped": {"draw": True, "max_model_share": 0.5}}},
        None,
        "strategy capped: max_model_share is for DuckDB alone, and this is Spark: leave that",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_spark_does_not_do_is_said_in_a_sentence(spark, tmp_path, name):
    vars, records, sentence = REFUSED[name]
    if records is not None:
        [(var, name)] = vars.items()
        path = tmp_path / name
        path.write_text(json.dumps(records) + "\n", encoding="utf-8")
        vars = {var: str(path)}
    select = ["+stg_pool_responses", "stg_leaderboard_cells"]
    arguments = ["build", "--select", *select, "--exclude-resource-type"]
    succeeded, said = spark.run([*arguments, "test", "unit_test"], vars, "refused")
    assert not succeeded and sentence in " ".join(said.split())
