"""Each format is what its reader expects."""

import json
import re
from pathlib import Path

import pytest

from zebra.layouts import formats

from .helpers import assert_one_sentence

GOLDEN = Path(__file__).parent / "golden"
# What trainers interpret, and metadata must not be called.
RESERVED = {
    "messages", "completion", "label", "text", "input_ids", "chosen_ids", "rejected_ids",
    "ref_chosen_logps", "ref_rejected_logps", "images", "image", "tools", "chat_template_kwargs",
}  # fmt: skip
MEANT = {
    "kto": {"prompt", "completion", "label"},
    "sft": {"messages"},
    "h4": {"messages", "chosen", "rejected", "prompt"},
}


def exported(zebra, database, *arguments):
    called = zebra("export", "preferences", "-o", "-", "--database", database, *arguments)
    assert called.status == 0, called.err
    return [json.loads(line) for line in called.out.splitlines()]


@pytest.mark.parametrize("layout", formats())
def test_sample_pairs_are_laid_out_as_they_were(zebra, layout):
    called = zebra(
        "export", "preferences_trusted", "-o", "-", "--format", layout, "--limit", 3, "--quiet"
    )
    assert called.out == (GOLDEN / f"{layout}.jsonl").read_text(encoding="utf-8")


@pytest.mark.parametrize("layout", [name for name in formats() if name != "rows"])
def test_no_column_has_a_name_that_trainers_interpret(zebra, pairs_database, layout):
    rows = exported(zebra, pairs_database(), "--format", layout, "--limit", 1)
    assert not set(rows[0]) & RESERVED - MEANT.get(layout, set())
    assert "margin" not in rows[0]


@pytest.mark.parametrize("layout", [name for name in formats() if name != "rows"])
def test_texts_are_trimmed(zebra, pairs_database, layout):
    text = json.dumps(exported(zebra, pairs_database(), "--format", layout))
    assert "The better answer to 7" in text
    assert not re.search(r'" The better|to 7\\n"', text)


def test_trl_keeps_the_conversation_apart_from_the_answers(zebra, pairs_database):
    (row,) = exported(zebra, pairs_database(), "--strategy", "easy", "--limit", "1")
    assert [turn["role"] for turn in row["prompt"]] == ["system", "user", "assistant", "user"]
    for side in ("chosen", "rejected"):
        assert [set(turn) for turn in row[side]] == [{"role", "content"}]
        assert row[side][0]["role"] == "assistant"
        assert row["prompt"][-1]["content"] not in row[side][0]["content"]


@pytest.mark.parametrize("layout", ["trl", "trl-implicit", "text"])
def test_a_margin_is_added_when_asked_for(zebra, pairs_database, layout):
    rows = exported(zebra, pairs_database(), "--format", layout, "--margin")
    assert {row["margin"] for row in rows} == {0.7}
    assert all(isinstance(row["margin"], float) for row in rows)


def test_a_format_without_place_for_a_margin_says_so(zebra, pairs_database):
    called = zebra(
        *["export", "preferences", "-o", "-", "--format", "kto", "--margin"],
        *["--database", pairs_database()],
    )
    assert_one_sentence(called, 2, "--margin", "kto")


def test_kto_has_each_answer_once_and_none_that_is_both(zebra, pairs_database):
    # what easy rejects for prompt 3, hard chooses
    swap = """
        update preferences set chosen_response_id = md5('r3') where strategy = 'hard'
            and prompt_id = md5('p3');
    """
    rows = exported(zebra, pairs_database(swap), "--format", "kto")
    assert all(list(row) == ["prompt", "completion", "label"] for row in rows)
    assert {type(row["label"]) for row in rows} == {bool}
    answers = [(row["prompt"][-1]["content"], row["completion"][0]["content"]) for row in rows]
    assert len(answers) == len(set(answers)) == 19
    assert ("Question 3?", "The worse answer to 3") not in answers


def test_sft_takes_the_best_model_of_each_prompt(zebra, pairs_database):
    better = """
        update preferences set chosen = 'The very best answer', chosen_quality = 0.95
        where strategy = 'hard' and prompt_id = md5('p3');
    """
    rows = exported(zebra, pairs_database(better), "--format", "sft")
    answers = {row["messages"][-2]["content"]: row["messages"][-1]["content"] for row in rows}
    assert len(rows) == len(answers) == 10
    assert answers["Question 3?"] == "The very best answer"
    assert answers["Question 4?"] == "The better answer to 4"


def test_llamafactory_rows_keep_its_rules(zebra, pairs_database):
    for row in exported(zebra, pairs_database(), "--format", "llamafactory"):
        assert list(row) == ["conversations", "chosen", "rejected"]
        turns = [turn["from"] for turn in row["conversations"]]
        assert turns[0] == "system"
        # after the system turn they alternate, and end with the human's: an odd number
        assert turns[1:] == ["human", "gpt", "human"]
        for side in ("chosen", "rejected"):
            assert row[side]["from"] == "gpt" and list(row[side]) == ["from", "value"]


def test_axolotl_finds_each_answer_in_the_conversation(zebra, pairs_database):
    # it searches an answer's text in the rendered conversation
    for row in exported(zebra, pairs_database()):
        for side in ("chosen", "rejected"):
            answer = row[side][0]["content"]
            assert answer == answer.strip() and len(answer) >= 10
            rendered = "".join(turn["content"] for turn in [*row["prompt"], *row[side]])
            assert rendered.count(answer) == 1


def test_h4_names_its_prompt_by_sha256(zebra, pairs_database):
    import hashlib

    for row in exported(zebra, pairs_database(), "--format", "h4"):
        assert row["prompt_id"] == hashlib.sha256(row["prompt"].encode()).hexdigest()
        assert row["messages"] == row["chosen"]
        assert (row["score_chosen"], row["score_rejected"]) == (0.9, 0.2)


def test_orders(zebra, pairs_database):
    database = pairs_database()

    def prompts(*arguments):
        rows = exported(zebra, database, "--strategy", "easy", *arguments)
        return [row["prompt"][-1]["content"] for row in rows]

    by_curriculum = prompts("--order", "curriculum")
    assert by_curriculum == [f"Question {number}?" for number in range(10, 0, -1)]
    shuffled = prompts("--order", "shuffle", "--seed", 1)
    assert shuffled == prompts("--order", "shuffle", "--seed", 1)
    assert shuffled != prompts("--order", "shuffle", "--seed", 2)
    assert sorted(shuffled) == sorted(by_curriculum) == sorted(prompts())
    assert prompts("--order", "curriculum", "--limit", 2) == by_curriculum[:2]


@pytest.mark.parametrize("layout", sorted(set(formats()) - {"rows", "kto", "sft"}))
@pytest.mark.parametrize("order", ["prompt", "curriculum", "shuffle"])
def test_every_layout_keeps_the_order(zebra, pairs_database, layout, order):
    database = pairs_database()

    def answers(layout):
        flags = ["--strategy", "easy", "--format", layout, "--order", order]
        rows = map(json.dumps, exported(zebra, database, *flags))
        return [re.search(r"better answer to (\d+)", row)[1] for row in rows]

    assert answers(layout) == answers("trl")


def test_selections(zebra, pairs_database):
    database = pairs_database()
    rows = exported(zebra, database, "--min-confidence", 0.675, "--where", "split = 'train'")
    assert sorted(row["prompt"][-1]["content"] for row in rows) == [
        *["Question 8?"] * 2,
        *["Question 9?"] * 2,
    ]
    for arguments, status, *said in (
        (["--strategy", "best"], 2, "--strategy best", "easy, hard"),
        (["--where", "no_such > 1"], 2, "--where", "no_such"),
    ):
        called = zebra("export", "preferences", "-o", "-", "--database", database, *arguments)
        assert_one_sentence(called, status, *said)
