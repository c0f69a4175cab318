"""A pool gives the same pairs in every form it can come in."""

import gzip
import json

import duckdb
import pytest

MODELS = ("gpt-4", "Llama-2-7b-chat-hf", "alpaca-7b", "bard")
# all that Python takes for white space
BLANKS = "".join(character for character in map(chr, range(0x3001)) if character.isspace())


def pool_rows(mark):
    """Rows of a small pool; the mark makes its prompts its own."""
    return [
        {
            "prompt": f"prompt {number}{mark}",
            "model": model,
            "response": f'{model}: "{number}",\nnaïve ✓ \\n',
            "source": "s",
        }
        for number in range(6)
        for model in MODELS[number % 2 :]
    ]


def as_jsonl(path, rows):
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def as_jsonl_gz(path, rows):
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write("".join(json.dumps(row) + "\n" for row in rows))


def as_json_array(path, rows):
    path.write_text(json.dumps(rows, indent=1), encoding="utf-8")


def copied(options):
    def write(path, rows):
        source = path.with_name("source")
        as_jsonl(source, rows)
        duckdb.sql(
            f"copy (from read_json('{source}', format = 'nd', columns = {{prompt: 'varchar', "
            f"model: 'varchar', response: 'varchar', source: 'varchar'}})) to '{path}' ({options})"
        )
        source.unlink()

    return write


def as_ultrafeedback(path, rows):
    prompts = {}
    for row in rows:
        prompts.setdefault(row["prompt"], []).append(row)
    with path.open("w", encoding="utf-8") as file:
        for prompt, answers in prompts.items():
            record = {
                "source": "s",
                "instruction": prompt,
                "models": [row["model"] for row in answers],
                "completions": [
                    {
                        "annotations": {"helpfulness": {"Rating": "N/A", "Rationale": "-"}},
                        "model": row["model"],
                        "response": row["response"],
                        "fine-grained_score": 4.5,
                        "overall_score": 7.0,
                    }
                    for row in answers
                ],
            }
            file.write(json.dumps(record) + "\n")


FORMS = {
    "a.jsonl": as_jsonl,
    "b.jsonl.gz": as_jsonl_gz,
    "c.json": as_json_array,
    "d.csv": copied("format csv, header"),
    "e.csv.zst": copied("format csv, header, compression zstd"),
    "f.tsv": copied("format csv, header, delimiter '\t'"),
    "g.parquet": copied("format parquet"),
    "h.jsonl.zst": copied("format json, compression zstd"),
    "i.jsonl": as_ultrafeedback,
}


def pairs(database, mark):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(
            "select strategy, left(prompt, 8), chosen, rejected, chosen_model, rejected_model "
            # spread draws by the prompt's id, and each file's prompts are its own
            "from preferences where suffix(prompt, ?) and strategy <> 'spread' order by all",
            [mark],
        ).fetchall()


@pytest.fixture(scope="module")
def pool_of_all_forms(dbt_build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("forms")
    for name, write in FORMS.items():
        write(folder / name, pool_rows(f" in {name}"))
    paths = [str(folder / "*.json*"), str(folder / "*v*"), str(folder / "g.parquet")]
    return dbt_build(vars={"responses_path": paths}, name="forms").database


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form_gives_the_same_pairs(pool_of_all_forms, form):
    first = pairs(pool_of_all_forms, " in a.jsonl")
    assert len(first) == 6 * 6
    assert pairs(pool_of_all_forms, f" in {form}") == first


def test_a_file_that_two_paths_name_is_read_once(pool_of_all_forms):
    with duckdb.connect(str(pool_of_all_forms), read_only=True) as connection:
        files = connection.execute("select count(*) from stg_pool_files").fetchone()
        refused = connection.execute("select count(*) from quarantined_responses").fetchone()
    assert files == (len(FORMS),)
    assert refused == (0,)


def test_one_prompt_in_several_files_has_the_candidates_of_all(dbt_build, tmp_path):
    rows = pool_rows(" in a.jsonl")
    as_jsonl(tmp_path / "a-1.jsonl", rows[:5])
    as_jsonl(tmp_path / "a-2.jsonl", rows[5:9])
    as_json_array(tmp_path / "b.json", rows[9:])
    paths = [str(tmp_path / "a-*.jsonl"), str(tmp_path / "b.json")]
    split = dbt_build(vars={"responses_path": paths}, name="several", only=["preferences"])
    as_jsonl(tmp_path / "whole.jsonl", rows)
    whole = dbt_build(
        vars={"responses_path": str(tmp_path / "whole.jsonl")},
        name="several-whole",
        only=["preferences"],
    )
    assert pairs(split.database, "") == pairs(whole.database, "")


def test_lines_that_cannot_be_used_are_quarantined_with_their_place(dbt_build, tmp_path):
    path = tmp_path / "pool.jsonl"
    good = {"prompt": "p", "model": "gpt-4", "response": "r"}
    lines = [
        json.dumps(good),
        '{"prompt": "p", broken',
        json.dumps({**good, "model": None}),
        json.dumps({"prompt": "p", "model": "bard"}),
        json.dumps({**good, "model": "alpaca-7b", "response": BLANKS}),
        json.dumps({**good, "model": "bard"}),
        json.dumps({**good, "model": "who-is-this"}),
        json.dumps({**good, "model": "GPT4 ", "response": "again"}),
        json.dumps({**good, "prompt": "\u2003 "}),
        json.dumps({**good, "source": "quiz", "prompt": "q"}),
        '"text"',
        json.dumps({**good, "model": "starchat", "response": "other"}),
    ]
    path.write_text("\r\n".join(lines), encoding="utf-8")
    built = dbt_build(
        # bard has figures on two of four benchmarks
        vars={"responses_path": str(path), "exclude_sources": ["quiz"], "min_coverage": 0.6},
        name="refused",
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
    assert used == [("gpt-4", "r"), ("starchat", "other")]


def test_rows_are_numbered_as_they_stand_in_a_file_read_by_several_threads(dbt_build, tmp_path):
    n_rows, padding = 200_000, "x" * 900
    path = tmp_path / "pool.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(1, n_rows + 1):
            file.write(
                f'{{"prompt": "{number}", "model": "gpt-4", "response": "{number} {padding}"}}\n'
            )
    built = dbt_build(
        vars={"responses_path": str(path)},
        name="numbered",
        only=["stg_pool_responses"],
    )
    with duckdb.connect(str(built.database), read_only=True) as connection:
        assert connection.execute(
            "select count(*), count(*) filter (where cast(prompt as bigint) = row_number) "
            "from stg_pool_responses"
        ).fetchone() == (n_rows, n_rows)
