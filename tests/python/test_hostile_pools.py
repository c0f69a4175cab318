"""Whatever is thrown at the readers is used or quarantined, row by row."""

import json

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

ANY_TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        ["", " ", "\n", "'; drop table responses; --", '"', "\\", "{}", "NULL", "NaN", "N/A"]
        + ["a\u0000b", "\ud800", "\u202e", "﻿", "日本", "🙂", "x" * 5000, "$.a", "{{ var('x') }}"]
    ),
)
ANY_VALUE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    ANY_TEXT,
    st.lists(ANY_TEXT, max_size=2),
    st.dictionaries(st.sampled_from(["model", "role", "x"]), ANY_TEXT, max_size=2),
)
MODEL = st.one_of(st.sampled_from(["gpt-4", "bard", "alpaca-7b", "GPT4 "]), ANY_VALUE)
PROMPT = st.one_of(st.sampled_from(["p", "q"]), ANY_TEXT)
FLAT = st.fixed_dictionaries(
    {"prompt": PROMPT}, optional={"model": MODEL, "response": ANY_TEXT, "score": ANY_VALUE}
)
NESTED = st.fixed_dictionaries(
    {"instruction": PROMPT},
    optional={
        "completions": st.one_of(
            ANY_VALUE,
            st.lists(
                st.fixed_dictionaries(
                    {}, optional={"model": MODEL, "response": ANY_TEXT, "overall_score": ANY_VALUE}
                ),
                max_size=4,
            ),
        )
    },
)
BROKEN = st.sampled_from(['{"prompt": ', "[]", '"text"', "nonsense", "{}", "null", "7"])
GOOD = {
    "flat": {"prompt": "p", "model": "gpt-4", "response": "r", "score": 1},
    "ultrafeedback": {
        "instruction": "p",
        "completions": [{"model": "gpt-4", "response": "r", "overall_score": 1}],
    },
}


def expected_rows(shape, line):
    """Rows that a line has to become: one per response, and one when there is none."""
    try:
        record = json.loads(line)
    except ValueError:
        return 1
    completions = record.get("completions") if isinstance(record, dict) else None
    if shape == "ultrafeedback" and isinstance(completions, list):
        return max(1, len(completions))
    return 1


@pytest.mark.parametrize(("shape", "records"), [("flat", FLAT), ("ultrafeedback", NESTED)])
def test_rows_read_are_usable_or_quarantined(dbt_command, tmp_path_factory, shape, records):
    @settings(
        max_examples=3,
        deadline=None,
        database=None,
        derandomize=True,
        # a build takes seconds, and shrinking wants hundreds of them
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(st.one_of(records.map(json.dumps), BROKEN), min_size=30, max_size=60))
    def run(lines):
        path = tmp_path_factory.mktemp("hostile") / "pool.jsonl"
        lines = [json.dumps(GOOD[shape]), *lines]
        path.write_text("\n".join(lines), encoding="utf-8")
        ran = dbt_command(
            ["build", "--exclude-resource-type", "unit_test"],
            vars={"responses_path": str(path), "responses_format": shape},
            name=f"hostile-{shape}",
        )
        assert ran.returncode == 0, ran.output
        with duckdb.connect(str(ran.database), read_only=True) as connection:
            usable, refused = connection.execute(
                "select (select count(*) from responses),"
                " (select count(*) from quarantined_responses)"
            ).fetchone()
        assert usable >= 1
        assert usable + refused == sum(expected_rows(shape, line) for line in lines)

    run()


def test_known_defects_are_flagged_and_never_mended(dbt_build, tmp_path):
    good = {"prompt": "p", "model": "gpt-4", "response": "r"}
    lines = [
        b"\xef\xbb\xbf" + json.dumps(good).encode(),
        json.dumps({**good, "model": "bard", "response": "nul \u0000 inside"}).encode(),
        b'{"prompt": "p", "model": "alpaca-7b", "response": "lone \\ud800 surrogate"}',
        json.dumps({**good, "model": "starchat", "response": "x" * 17_000_000}).encode(),
        json.dumps({**good, "model": "vicuna-33b", "response": "last line"}).encode(),
    ]
    path = tmp_path / "pool.jsonl"
    path.write_bytes(b"\r\n".join(lines))
    built = dbt_build(vars={"responses_path": str(path)}, name="defects")
    with duckdb.connect(str(built.database), read_only=True) as connection:
        used = connection.execute("select model, n_chars from responses order by 1").fetchall()
        text = connection.execute("select response from responses where model = 'bard'").fetchone()
        refused = connection.execute(
            "select row_number, reason from quarantined_responses order by 1"
        ).fetchall()
    assert used == [("bard", 12), ("starchat", 17_000_000), ("vicuna-33b", 9)]
    assert text == ("nul \u0000 inside",)
    assert refused == [(1, "malformed_line"), (3, "malformed_line")]


def test_scores_that_contradict_their_ratings_are_flagged(dbt_build, tmp_path):
    completions = [
        {"model": "gpt-4", "response": "a", "overall_score": 10, "fine-grained_score": 1.25},
        {"model": "bard", "response": "b", "overall_score": 10, "fine-grained_score": 4.5},
        {"model": "alpaca-7b", "response": "c", "overall_score": "N/A", "fine-grained_score": None},
    ]
    path = tmp_path / "pool.jsonl"
    path.write_text(json.dumps({"instruction": "p", "completions": completions}))
    built = dbt_build(vars={"responses_path": str(path)}, name="scores-flagged")
    assert "WARN 1 scores_that_contradict_their_ratings" in built.output
    with duckdb.connect(str(built.database), read_only=True) as connection:
        scores = connection.execute("select score from responses order by model").fetchall()
    assert scores == [(None,), (10.0,), (10.0,)]


def test_the_same_content_under_two_names_is_used_once(dbt_build, tmp_path):
    rows = [{"prompt": "p", "model": m, "response": m} for m in ("gpt-4", "bard")]
    text = "".join(json.dumps(row) + "\n" for row in rows)
    (tmp_path / "a.jsonl").write_text(text)
    (tmp_path / "b.jsonl").write_text(text)
    built = dbt_build(vars={"responses_path": str(tmp_path / "*.jsonl")}, name="copies")
    with duckdb.connect(str(built.database), read_only=True) as connection:
        files = connection.execute("select distinct source_file from responses").fetchall()
        refused = connection.execute(
            "select reason, count(*) from quarantined_responses group by all"
        ).fetchall()
    assert files == [(str(tmp_path / "a.jsonl"),)]
    assert refused == [("duplicate_model", 2)]
