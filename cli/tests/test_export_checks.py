"""What would mislead a trainer does not leave."""

import pytest

from .helpers import assert_one_sentence

THIRD = "where strategy = 'easy' and prompt_id = md5('p3')"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("set chosen = null", "its chosen response is blank"),
        ("set rejected = ' ' || chr(10)", "its rejected response is blank"),
        ("set messages = []", "a turn of its prompt is blank"),
        ("set messages = [{'role': 'user', 'content': ' '}]", "a turn of its prompt is blank"),
        (
            "set messages = [{'role': 'assistant', 'content': 'Hi'}]",
            "its prompt does not end with the user",
        ),
        ("set rejected = 'The better answer to 3'", "its two responses are the same;"),
        (
            "set rejected = 'The better' || chr(10) || ' answer to 3'",
            "its two responses are the same but for white space",
        ),
        ("set quality_gap = 'nan'", "a number of it is NaN or infinite"),
        ("set similarity = '-inf'", "a number of it is NaN or infinite"),
        ("set chosen_quality = 'nan'", "a number of it is NaN or infinite"),
    ],
)
@pytest.mark.parametrize("output", ["x.jsonl", "x.parquet", "x", "-"])
def test_a_pair_at_fault_is_named(zebra, pairs_database, tmp_path, change, said, output):
    import hashlib

    database = pairs_database(f"update preferences {change} {THIRD}")
    path = output if output == "-" else tmp_path / output
    called = zebra("export", "preferences", "-o", path, "--database", database)
    pair = hashlib.md5(b"easy3").hexdigest()
    assert_one_sentence(called, 1, f"Pair {pair} of preferences", said, "--where")
    assert [file.name for file in tmp_path.iterdir()] == ["pairs.duckdb"]
    without = ["--where", f"pair_id <> '{pair}'"]
    assert zebra("export", "preferences", "-o", path, "--database", database, *without).status == 0


def test_a_prompt_in_two_splits_is_named(zebra, pairs_database, tmp_path):
    database = pairs_database(f"update preferences set split = 'test' {THIRD}")
    called = zebra("export", "preferences", "-o", tmp_path / "x", "--database", database)
    assert_one_sentence(called, 1, "is in two splits", "dbt build")


def test_short_answers_are_told_of(zebra, pairs_database, tmp_path):
    database = pairs_database(f"update preferences set chosen = 'Yes.' {THIRD}")
    arguments = ["export", "preferences", "--database", database]
    called = zebra(*arguments, "-o", tmp_path / "x.jsonl")
    assert "Note: 1 pair has an answer under 10 characters" in called.err
    assert zebra(*arguments, "-o", tmp_path / "y.jsonl", "--quiet").err == ""
