"""What would mislead a trainer does not leave."""

import hashlib
import json
from dataclasses import replace

import pytest

from zebra.checks import notes_on
from zebra.database import Database
from zebra.errors import DataError
from zebra.layouts import Selection, formats
from zebra.survey import Survey

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
    database = pairs_database(f"update preferences {change} {THIRD}")
    path = output if output == "-" else tmp_path / output
    called = zebra("export", "preferences", "-o", path, "--database", database)
    pair = hashlib.md5(b"easy3").hexdigest()
    assert_one_sentence(called, 1, f"Pair {pair} of preferences", said, "--where")
    assert [file.name for file in tmp_path.iterdir()] == ["pairs.duckdb"]
    without = ["--where", f"pair_id <> '{pair}'"]
    assert zebra("export", "preferences", "-o", path, "--database", database, *without).status == 0


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize(
    ("text", "other", "is_same"),
    [
        ("A\n" + 100 * " " + "b c", "A b c", True),
        ("A b" + 100 * " c", "A b" + 100 * "\t\n" + "c" + 99 * " c", True),
        # No more than the openings are the same.
        ("A b" + 100 * " c", "A\tb" + 100 * " c" + " d", False),
        (50 * "a " + "b", 50 * "a  " + "c", False),
        # A word that ends where the other one goes on.
        (63 * "a" + " b", 64 * "a" + "b", False),
    ],
)
def test_white_space_anywhere(zebra, pairs_database, text, other, is_same, turned):
    chosen, rejected = (other, text) if turned else (text, other)
    change = f"update preferences set chosen = $${chosen}$$, rejected = $${rejected}$$ {THIRD}"
    database = pairs_database(change)
    called = zebra("export", "preferences", "-o", "-", "--limit", "5", "--database", database)
    if is_same:
        assert_one_sentence(called, 1, hashlib.md5(b"easy3").hexdigest(), "but for white space")
    else:
        assert called.status == 0


def test_a_prompt_in_two_splits_is_named(zebra, pairs_database, tmp_path):
    database = pairs_database(f"update preferences set split = 'test' {THIRD}")
    called = zebra("export", "preferences", "-o", tmp_path / "x", "--database", database)
    first = min(hashlib.md5(text).hexdigest() for text in (b"easy3", b"hard3"))
    assert_one_sentence(called, 1, f"Pair {first} of preferences", "in two splits", "dbt build")


@pytest.mark.parametrize("blank", [chr(i) for i in range(0x110000) if chr(i).isspace()], ids=ascii)
def test_any_blank_is_trimmed(zebra, pairs_database, blank):
    # as chat templates trim: some trainers look for the text in what a template has made of it
    change = f"""
        update preferences set
            chosen = chr({ord(blank)}) || ' good answer ' || chr({ord(blank)}),
            messages = [{{'role': 'user', 'content': chr({ord(blank)}) || 'Why?'}}]
        {THIRD};
        update preferences set rejected = chr({ord(blank)}) || chr({ord(blank)})
        where strategy = 'hard' and prompt_id = md5('p3');
        update preferences set chosen = 'A  b c', rejected = 'A' || chr({ord(blank)}) || 'b c'
        where strategy = 'hard' and prompt_id = md5('p4')
    """
    arguments = ["export", "preferences", "-o", "-", "--database", pairs_database(change)]
    pairs = "--where", "prompt_id = md5('p3') and strategy = 'easy'"
    row = json.loads(zebra(*arguments, *pairs).out)
    assert row["chosen"][0]["content"] == "good answer"
    assert row["prompt"][0]["content"] == "Why?"
    for number, said in (("3", "rejected response is blank"), ("4", "same but for white space")):
        pairs = "--where", f"prompt_id = md5('p{number}') and strategy = 'hard'"
        assert_one_sentence(zebra(*arguments, *pairs), 1, said)


def test_a_relation_without_pair_ids_is_no_data_for_trainers(zebra, pairs_database, tmp_path):
    database = pairs_database("alter table preferences drop column pair_id")
    arguments = ["export", "preferences", "--database", database, "-o", tmp_path / "x.jsonl"]
    assert_one_sentence(zebra(*arguments, "--format", "trl"), 2, "no column pair_id")
    assert "(rows, " in zebra(*arguments).err


@pytest.mark.parametrize("name", ["label", "input_ids", "prompt_input_ids", "images", "margin"])
def test_a_format_with_a_reserved_column_is_refused(pairs_database, name):
    known = formats()["text"]
    template = known.template.replace("prompt_id,", f"prompt_id as {name},")
    with Database(pairs_database()) as database:
        relation = database.relation("preferences")
        for read, is_refused in (((), True), ((name,), False)):
            layout = replace(known, template=template, read=read)
            selection = Selection(relation=relation, layout=layout)
            survey = Survey(database, selection)
            if is_refused:
                with pytest.raises(DataError, match=f"column {name}, which trainers interpret"):
                    notes_on(database, selection, survey, is_one_file=True)
            else:
                assert notes_on(database, selection, survey, is_one_file=False) == []


def test_rows_of_pairs_are_said_to_be_no_data_for_trainers(zebra, pairs_database, tmp_path):
    arguments = ["export", "preferences", "--database", pairs_database(), "--format", "rows"]
    called = zebra(*arguments, "-o", tmp_path / "x.jsonl")
    assert "Note: column messages is one that trainers interpret" in called.err
    assert "Note" not in zebra("export", "model_quality", "-o", tmp_path / "y.jsonl").err


def test_strategies_in_one_file_are_told_of(zebra, pairs_database, tmp_path):
    arguments = ["export", "preferences", "--database", pairs_database()]
    mixed = "Note: pairs of 2 strategies are mixed"
    assert mixed in zebra(*arguments, "-o", tmp_path / "x.jsonl").err
    assert mixed not in zebra(*arguments, "-o", tmp_path / "x").err
    assert mixed not in zebra(*arguments, "-o", tmp_path / "y.jsonl", "--strategy", "easy").err


def test_a_strategy_left_without_rows_is_told_of(zebra, pairs_database, tmp_path):
    arguments = ["export", "preferences", "--database", pairs_database(), "-o", tmp_path / "x"]
    both = ["--strategy", "easy", "--strategy", "hard"]
    called = zebra(*arguments, *both, "--where", "strategy = 'hard'")
    assert "Note: --strategy easy has no row in this selection" in called.err
    assert "strategy hard" not in called.err


def test_conversations_that_llamafactory_leaves_out_are_told_of(zebra, pairs_database):
    change = f"""
        update preferences set messages = [
            {{'role': 'user', 'content': 'Hi'}}, {{'role': 'user', 'content': 'Why?'}}
        ] {THIRD}
    """
    database = pairs_database(change)
    arguments = ["export", "preferences", "-o", "-", "--database", database, "--format"]
    assert "Note: 1 pair has turns that do not" in zebra(*arguments, "llamafactory").err
    assert "turns" not in zebra(*arguments, "trl").err


def test_short_answers_are_told_of(zebra, pairs_database, tmp_path):
    database = pairs_database(f"update preferences set chosen = 'Yes.' {THIRD}")
    arguments = ["export", "preferences", "--database", database]
    called = zebra(*arguments, "-o", tmp_path / "x.jsonl")
    assert "Note: 1 pair has an answer under 10 characters" in called.err
    assert zebra(*arguments, "-o", tmp_path / "y.jsonl", "--quiet").err == ""
