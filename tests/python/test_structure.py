"""What keeps it fast, as facts on structure: they hold or not on any machine."""

import json
import os
import re
import sys
from collections import Counter

import duckdb
import pytest

DECISIONS = [
    "int_responses",
    "int_prompts",
    "int_candidate_set_models",
    "int_unusable_pairs",
    "int_set_pairs",
    "pair_rules",
    "int_model_allotments",
    "preference_pairs",
    "abstentions",
]

# What dbt sends to DuckDB for a node: begin, what the relation is made of, a hook's query, commit;
# for a test its query alone. What reads files is not kept: its contract is checked, it is created
# and commented on. Named nodes have more hooks than one, or try the SQL of each strategy twice.
MOST_STATEMENTS = {
    "model": 4,
    "seed": 7,
    "test": 1,
    "operation": 2,
    "leaderboard_problems": 5,
    "stg_pool_responses": 13,
    # what became of the pool
    "zebra-on-run-end-1": 4,
    "zebra-on-run-start-0": 14,
}
# The adapter asks these once a build, for the first node that needs the answer.
ASKED_ONCE = re.compile(r"from duckdb_(databases|constraints)\(\)")


def write_pool(path, n_prompts):
    with path.open("w", encoding="utf-8") as file:
        for number in range(n_prompts):
            models = ["gpt-4", "alpaca-7b", ["bard", "pythia-12b", "starchat"][number % 3]]
            for model in models:
                row = {"prompt": f"p{number}", "model": model, "response": f"{model} {number}"}
                file.write(json.dumps(row) + "\n")
    return path


@pytest.fixture(scope="module")
def small(dbt_build, tmp_path_factory):
    path = write_pool(tmp_path_factory.mktemp("pool") / "pool.jsonl", 60)
    return path, dbt_build(vars={"responses_path": str(path)}, name="small")


def rows(database, query):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_no_response_file_is_opened_when_nothing_changed(small, dbt_build):
    path, built = small
    before = rows(built.database, "select pair_id from preference_pairs order by all")
    state = path.stat()
    # As long as before and as old, it is the same file by all that can be known without opening it.
    path.write_bytes(b"\x00" * state.st_size)
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    for changed in ({}, {"strategies": {"superiority": {"order_by": "quality_gap desc"}}}):
        dbt_build(vars={"responses_path": str(path), **changed}, name="small", only=DECISIONS)
    dbt_build(vars={"responses_path": str(path)}, name="small", only=DECISIONS)
    assert rows(built.database, "select pair_id from preference_pairs order by all") == before


def test_an_unchanged_build_sends_few_statements(small, dbt_build):
    path, built = small
    ran = dbt_build(
        vars={"responses_path": str(path)},
        name="small",
        args=["--log-level", "debug", "--log-format", "json"],
    )
    sent = Counter()
    for line in ran.output.splitlines():
        event = json.loads(line) if line.startswith("{") else {"info": {"name": None}}
        if event["info"]["name"] != "SQLQuery" or "node_info" not in event["data"]:
            continue
        if not ASKED_ONCE.search(event["data"]["sql"]):
            sent[event["data"]["node_info"]["unique_id"]] += 1
    results = json.loads((built.target / "run_results.json").read_text(encoding="utf-8"))["results"]
    # a hook may find nothing to say
    assert {
        row["unique_id"]
        for row in results
        if not row["unique_id"].startswith(("exposure.", "operation."))
    } <= set(sent)
    too_many = {}
    for node, statements in sent.items():
        kind, _, name = node.split(".")[:3]
        if statements > MOST_STATEMENTS.get(name, MOST_STATEMENTS[kind]):
            too_many[name] = statements
    assert too_many == {}


@pytest.fixture(scope="module")
def capped(dbt_build, tmp_path_factory):
    """A pool by a strategy with a cap, without which nothing is allotted."""
    path = write_pool(tmp_path_factory.mktemp("pool") / "pool.jsonl", 60)
    strategies = {"capped": {"order_by": "similarity", "max_model_share": 0.5}}
    vars = {"responses_path": str(path), "strategies": strategies}
    return dbt_build(vars=vars, name="capped", only=["int_model_allotments"])


@pytest.mark.parametrize("model", DECISIONS)
def test_no_text_is_read_to_decide(small, capped, model):
    built = capped if model == "int_model_allotments" else small[1]
    compiled = next((built.target / "compiled").rglob(f"{model}.sql")).read_text(encoding="utf-8")
    with duckdb.connect(str(built.database), read_only=True) as connection:
        plan = connection.execute(f"explain (format json) {compiled}").fetchall()[0][1]
    read = re.findall(r'"Projections":\s*(\[[^\]]*\]|"[^"]*")', plan)
    columns = {name for found in read for name in re.findall(r"[a-z_]\w*", found)}
    assert columns
    assert not columns & {"prompt", "response", "history", "messages"}


def test_the_rulebook_does_not_grow_with_the_prompts(small, dbt_build, tmp_path):
    _, built = small
    path = write_pool(tmp_path / "pool.jsonl", 600)
    larger = dbt_build(
        vars={"responses_path": str(path)}, name="larger", only=["pair_rules"]
    ).database
    query = "select * exclude (pair_rank) from pair_rules where strategy <> 'spread' order by all"
    assert rows(built.database, query) == rows(larger, query)
    # of a drawing strategy the rulebook has what is drawn, and no more than there is to draw
    assert (
        rows(
            larger, "select count(*) from pair_rules group by strategy, set_id having count(*) > 3"
        )
        == []
    )


def test_the_pandas_script_decides_the_same(shared_data, repository, tmp_path):
    sys.path.insert(0, str(repository / "performance"))
    try:
        import pandas_rows
    finally:
        sys.path.pop(0)
    expected = {}
    for line in (shared_data / "expected_pairs.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        expected[row["instruction"]] = row
    for strategy in ("superiority", "similarity", "hybrid"):
        output = tmp_path / f"{strategy}.jsonl"
        pandas_rows.main(
            shared_data / "ultrafeedback_sample.jsonl",
            repository / "seeds" / "leaderboards" / "paper.csv",
            strategy,
            output,
        )
        found = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
        assert len(found) == 200
        for row in found:
            wanted = expected[row["prompt"]][strategy]
            assert (row["chosen_model"], row["rejected_model"]) == (
                wanted["chosen"],
                wanted["rejected"],
            )


FILES_ARE_READ = re.compile(r"\b(read_(csv|json|json_objects|parquet|text|blob)|glob)\(")


def test_what_reads_files_says_so(everything):
    """Files change without any query: what reads them has to be built every time."""
    manifest = json.loads((everything.target / "manifest.json").read_text(encoding="utf-8"))
    macros = {
        macro["name"]: macro["macro_sql"]
        for macro in manifest["macros"].values()
        if macro["package_name"] == "zebra"
    }

    def reads(text, seen):
        """Whether it does itself, or by macros that it names, whichever branch is taken."""
        if FILES_ARE_READ.search(text):
            return True
        called = set(re.findall(r"\w+", text)) & set(macros) - seen
        seen |= called
        return any(
            reads(macros[name], seen)
            for own in called
            for name in (own, f"duckdb__{own}", f"default__{own}")
            if name in macros
        )

    readers, silent = set(), set()
    for node in manifest["nodes"].values():
        if node["resource_type"] == "model" and reads(node["raw_code"], set()):
            readers.add(node["name"])
            if not node["config"]["meta"].get("reads_files"):
                silent.add(node["name"])
    assert {"stg_pool_files", "stg_leaderboard_cells", "stg_verdicts"} <= readers
    # it notes what its files are
    assert silent == {"stg_pool_responses"}
