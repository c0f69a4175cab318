"""Pairs that teach nothing are passed over, and say so."""

import json

import duckdb
import pytest

PROMPT = "Please say what the capital of France is, in one short sentence."
LONG = "The capital of France is Paris, a city on the Seine, and it has been so for centuries."
PAIRS = {
    "same": ("Paris.", " Paris.\n"),
    "folded": ("Paris it is.", "PARIS  it\tis."),
    "wide": (
        "Paris it is, and has been for a long time.",
        "\u3000Paris\u00a0it is,\u2003 and has been for a long time.\u00a0",
    ),
    "prefix": (LONG + " Truly.", LONG + " Indeed."),
    "opening": ("One.\n\n\n\n" * 10 + "Truly so.", "One.\n\n\n\n" * 10 + "Indeed it is."),
    "repeated": ("Paris.", "  please say what the capital of france is, in one short sentence."),
    "refused": ("I\u2019m sorry, but as an AI I will not say.", "Paris."),
    "good": ("Paris.", "It is Lyon."),
}


REFUSING = [
    "I'm sorry, but I will not say.",
    "I\u2019m sorry, I can\u2019t do that.",
    "My apologies, but that is more than I know.",
    "I can't help with that.",
    "I cannot provide medical advice.",
    "Unfortunately I can not help you here.",
    "Thank you for asking. I don't feel comfortable with this question.",
    "As an AI, I have no opinion.",
    "(As an AI) no opinion.",
]
ANSWERING = [
    "A string around the finger serves as an aid to memory.",
    "Pan Am was an airline.",
    "It began as an airline.",
    "I can't wait to share what we saw!",
    "I can't recommend this book enough.",
    "I can't help but smile at this.",
    "I am sorry to hear that your cat is ill.",
    "Dear customer, please accept my apologies for the delay.",
    "I am unable to come on Friday.",
    "A long answer. " * 11 + "I cannot provide more.",
]


SUPERIORITY = ["preferences_superiority"]
GROUPED = [
    prompt.format(number)
    for number in range(60)
    for prompt in ("Prompt {}", "PROMPT  {} ", "prompt\n{}")
]


def write_pool(path):
    """Prompts of two responses each: those above, a sentence beside an answer, and groups."""
    pairs = {**PAIRS, **{sentence: (sentence, "Paris.") for sentence in REFUSING + ANSWERING}}
    with path.open("w", encoding="utf-8") as file:
        for name, responses in pairs.items():
            for model, response in zip(("gpt-4", "alpaca-7b"), responses):
                # the history keeps the prompts apart, their last turn is the same
                messages = [
                    {"role": "user", "content": name},
                    {"role": "assistant", "content": "Yes?"},
                    {"role": "user", "content": PROMPT},
                ]
                row = {"messages": messages, "model": model, "response": response}
                file.write(json.dumps(row) + "\n")
        for prompt in GROUPED:
            for model in ("gpt-4", "alpaca-7b"):
                messages = [{"role": "user", "content": prompt}]
                row = {"messages": messages, "model": model, "response": f"{model} {prompt}"}
                file.write(json.dumps(row) + "\n")
    return path


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    return write_pool(tmp_path_factory.mktemp("hygiene") / "pool.jsonl")


@pytest.fixture(scope="module")
def by_default(dbt_build, pool):
    return dbt_build(
        vars={
            "responses_path": str(pool),
            "strategies": {"only": {"order_by": "quality_gap"}},
            "test_fraction": 0.4,
        },
        name="hygiene",
    ).database


def reasons(database):
    """Why a prompt has no pair, None where it has one."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "select messages[1].content, reason "
            "from prompts left join abstentions using (prompt_id)"
        ).fetchall()
    return {name: reason for name, reason in found if name in PAIRS}


def refusals(database):
    """Whether chosen and rejected refuse, of each prompt with a pair."""
    with duckdb.connect(str(database), read_only=True) as connection:
        found = connection.execute(
            "select messages[1].content, chosen_refuses, rejected_refuses from preferences"
        ).fetchall()
    return {name: refusals for name, *refusals in found}


def test_by_default(by_default):
    assert reasons(by_default) == {
        "same": "identical_responses",
        "folded": "same_folded_text",
        "wide": "same_folded_text",
        "prefix": None,
        "opening": None,
        "repeated": "repeats_prompt",
        "refused": None,
        "good": None,
    }
    assert {name: found for name, found in refusals(by_default).items() if name in PAIRS} == {
        "prefix": [False, False],
        "opening": [False, False],
        "refused": [True, False],
        "good": [False, False],
    }


def test_each_can_be_switched(dbt_build, pool):
    built = dbt_build(
        vars={
            "responses_path": str(pool),
            "strategies": {"only": {"order_by": "quality_gap"}},
            "unusable_pairs": ["chosen_refuses"],
            "distinct_prefix": 80,
        },
        name="hygiene-switched",
    )
    assert reasons(built.database) == {
        "same": "identical_responses",
        "folded": "same_prefix",
        "wide": "same_prefix",
        "prefix": "same_prefix",
        "opening": "same_prefix",
        "repeated": None,
        "refused": "chosen_refuses",
        "good": None,
    }


def test_prompts_that_differ_in_case_alone_share_group_and_split(by_default):
    with duckdb.connect(str(by_default), read_only=True) as connection:
        groups = connection.execute(
            "select count(*), count(distinct prompt_id), count(distinct split), any_value(split) "
            "from prompts where len(messages) = 1 group by prompt_group"
        ).fetchall()
    assert len(groups) == 60
    assert {group[:3] for group in groups} == {(3, 3, 1)}
    assert {split for *_, split in groups} == {"train", "test"}


def test_phrases_are_whole_words_in_the_first_160_characters(by_default):
    found = refusals(by_default)
    assert [sentence for sentence in REFUSING + ANSWERING if found[sentence][0]] == REFUSING


def test_a_phrase_need_not_be_latin_nor_end_in_a_letter(dbt_build, project_copy):
    (project_copy / "seeds" / "refusal_phrases.csv").write_text(
        "phrase,says\nthe fork first!,x\n\u6b49,x\n", encoding="utf-8"
    )
    responses = {
        "ends": "The fork first! Then the spoon.",
        "within": "\u62b1\u6b49\u6211\u4e0d\u80fd",
        "neither": "The fork firstly.",
    }
    pool = project_copy / "pool.jsonl"
    with pool.open("w", encoding="utf-8") as file:
        for prompt, response in responses.items():
            for model, text in (("gpt-4", response), ("alpaca-7b", "Paris.")):
                row = {"prompt": prompt, "model": model, "response": text}
                file.write(json.dumps(row) + "\n")
    built = dbt_build(vars={"responses_path": str(pool)}, project=project_copy, only=SUPERIORITY)
    with duckdb.connect(str(built.database), read_only=True) as connection:
        flagged = connection.execute(
            "select prompt from preferences_superiority where chosen_refuses order by 1"
        ).fetchall()
    assert flagged == [("ends",), ("within",)]


def test_another_list_of_phrases_is_heeded_at_once(dbt_build, project_copy):
    def refusals():
        built = dbt_build(name="phrases", project=project_copy, only=SUPERIORITY)
        with duckdb.connect(str(built.database), read_only=True) as connection:
            return connection.execute(
                "select prompt, chosen_refuses from preferences_superiority "
                "where chosen_refuses or prompt like 'Which came first%' order by 1"
            ).fetchall()

    spoon, pill = "Which came first, the fork or the spoon?", "Which pill is best for a headache?"
    assert refusals() == [(spoon, False), (pill, True)]
    (project_copy / "seeds" / "refusal_phrases.csv").write_text("phrase,says\nThe Spoon,x\n")
    assert refusals() == [(spoon, True)]
