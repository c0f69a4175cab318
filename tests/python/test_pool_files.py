"""A pool gives the same pairs in every form it can come in."""

import gzip
import json

import duckdb
import pytest

ROWS = [
    {"prompt": f"prompt {number}", "model": model, "response": f'{model}: "{number}",\nnaïve ✓ \\n', "source": "s"}
    for number in range(6)
    for model in ("gpt-4", "Llama-2-7b-chat-hf", "alpaca-7b", "bard")[number % 2 :]
]


def as_jsonl(path):
    path.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")


def as_jsonl_gz(path):
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("".join(json.dumps(row) + "\n" for row in ROWS))


def as_json_array(path):
    path.write_text(json.dumps(ROWS, indent=1), encoding="utf-8")


def copied(options):
    def write(path):
        source = path.with_name("source.jsonl")
        as_jsonl(source)
        duckdb.sql(
            f"copy (from read_json('{source}', columns = {{prompt: 'varchar', model: 'varchar', "
            f"response: 'varchar', source: 'varchar'}})) to '{path}' ({options})"
        )
        source.unlink()

    return write


def as_ultrafeedback(path):
    prompts = {}
    for row in ROWS:
        prompts.setdefault(row["prompt"], []).append(row)
    with path.open("w", encoding="utf-8") as file:
        for prompt, rows in prompts.items():
            record = {
                "source": "s",
                "instruction": prompt,
                "models": [row["model"] for row in rows],
                "completions": [
                    {
                        "annotations": {"helpfulness": {"Rating": "N/A", "Rationale": "-"}},
                        "model": row["model"],
                        "response": row["response"],
                        "fine-grained_score": 4.5,
                        "overall_score": 7.0,
                    }
                    for row in rows
                ],
            }
            file.write(json.dumps(record) + "\n")


def as_ultrafeedback_parquet(path):
    source = path.with_name("source.jsonl")
    as_ultrafeedback(source)
    duckdb.sql(f"copy (from read_json('{source}')) to '{path}' (format parquet)")
    source.unlink()


FORMS = {
    "pool.jsonl": as_jsonl,
    "pool.jsonl.gz": as_jsonl_gz,
    "pool.json": as_json_array,
    "pool.csv": copied("format csv, header"),
    "pool.csv.zst": copied("format csv, header, compression zstd"),
    "pool.tsv": copied("format csv, header, delimiter '\t'"),
    "pool.parquet": copied("format parquet"),
    "ultra.jsonl": as_ultrafeedback,
    "ultra.parquet": as_ultrafeedback_parquet,
}


def pairs(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(
            "select strategy, prompt, chosen, rejected, chosen_model, rejected_model, pair_id "
            "from preferences order by all"
        ).fetchall()


@pytest.fixture(scope="module")
def pairs_of_jsonl(dbt_build, tmp_path_factory):
    path = tmp_path_factory.mktemp("jsonl") / "pool.jsonl"
    as_jsonl(path)
    return pairs(dbt_build(vars={"responses_path": str(path)}, name="forms").database)


@pytest.mark.parametrize("form", list(FORMS)[1:])
def test_every_form_gives_the_same_pairs(dbt_build, tmp_path, pairs_of_jsonl, form):
    path = tmp_path / form
    FORMS[form](path)
    built = dbt_build(vars={"responses_path": str(path)}, name="forms")
    assert len(pairs_of_jsonl) == 6 * 6
    assert pairs(built.database) == pairs_of_jsonl


def test_a_list_and_a_glob_read_several_files(dbt_build, tmp_path, pairs_of_jsonl):
    lines = [json.dumps(row) + "\n" for row in ROWS]
    (tmp_path / "a-1.jsonl").write_text("".join(lines[:5]), encoding="utf-8")
    (tmp_path / "a-2.jsonl").write_text("".join(lines[5:9]), encoding="utf-8")
    (tmp_path / "b.json").write_text(json.dumps(ROWS[9:]), encoding="utf-8")
    paths = [str(tmp_path / "a-*.jsonl"), str(tmp_path / "b.json")]
    built = dbt_build(vars={"responses_path": paths}, name="forms")
    assert pairs(built.database) == pairs_of_jsonl


def test_lines_that_cannot_be_used_are_quarantined_with_their_place(dbt_build, tmp_path):
    path = tmp_path / "pool.jsonl"
    good = {"prompt": "p", "model": "gpt-4", "response": "r"}
    lines = [
        json.dumps(good),
        '{"prompt": "p", broken',
        json.dumps({**good, "model": None}),
        json.dumps({"prompt": "p", "model": "bard"}),
        json.dumps({**good, "model": "alpaca-7b", "response": " \n"}),
        json.dumps({**good, "model": "ultralm-65b"}),
        json.dumps({**good, "model": "who-is-this"}),
        json.dumps({**good, "model": "GPT4 ", "response": "again"}),
        json.dumps({**good, "prompt": "  "}),
        json.dumps({**good, "source": "quiz", "prompt": "q"}),
        '"text"',
        json.dumps({**good, "model": "bard", "response": "other"}),
    ]
    path.write_text("\r\n".join(lines), encoding="utf-8")
    built = dbt_build(
        vars={"responses_path": str(path), "exclude_sources": ["quiz"]}, name="refused"
    )
    with duckdb.connect(str(built.database), read_only=True) as connection:
        refused = connection.execute(
            "select row_number, reason from quarantined_responses order by row_number"
        ).fetchall()
        used = connection.execute("select model, response from responses order by 1").fetchall()
    assert refused == [
        (2, "malformed_line"),
        (3, "missing_field"),
        (4, "missing_field"),
        (5, "empty_response"),
        (6, "unscored_model"),
        (7, "unknown_model"),
        (8, "duplicate_model"),
        (9, "empty_prompt"),
        (10, "excluded_source"),
        (11, "missing_field"),
    ]
    assert used == [("bard", "other"), ("gpt-4", "r")]
