"""What battles, judges and other columns become; and files that are refused for what they hold."""

import json

import duckdb
import pytest


def said(*texts):
    roles = ("user", "assistant")
    return [{"role": roles[place % 2], "content": text} for place, text in enumerate(texts)]


BATTLE = {
    "model_a": "gpt-4",
    "model_b": "alpaca-7b",
    "winner": "model_b",
    "conversation_a": said("First?", "a1", "Second?", "a2"),
    "conversation_b": said("First?", "b1", "Second?", "b2"),
}
JUDGED = [
    {"prompt": "Judged?", "model": "gpt-4", "response": "r", "score": score} for score in (1, 4)
]
RENAMED = [{"question": "Named?", "who": "gpt-4", "version": "", "said": "s", "rank": 2}]


def lines(records):
    return "".join(json.dumps(record) + "\n" for record in records)


@pytest.fixture(scope="module")
def built(dbt_build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("rules")
    (folder / "battles.jsonl").write_text(lines([BATTLE]))
    (folder / "judged.jsonl").write_text(lines(JUDGED))
    (folder / "renamed.jsonl").write_text(lines(RENAMED))
    columns = {
        "renamed*": {
            "prompt": "question",
            "model": "who || version",
            "response": "said",
            "score": "-rank",
        }
    }
    return dbt_build(
        vars={"responses_path": str(folder / "*"), "responses_columns": columns},
        only=["responses", "prompts"],
    )


@pytest.fixture(scope="module")
def answers(built):
    """By file: the turns before an answer, its model, itself and its score."""
    with duckdb.connect(str(built.database), read_only=True) as connection:
        rows = connection.execute(
            "select parse_filename(source_file), messages, model, response, score "
            "from responses inner join prompts using (prompt_id) order by all"
        ).fetchall()
    by_file = {}
    for file, messages, *rest in rows:
        before = tuple(message["content"] for message in messages)
        by_file.setdefault(file, []).append((before, *rest))
    return by_file


def test_the_verdict_on_a_battle_is_the_score_of_its_last_answers(answers):
    assert sorted(answers["battles.jsonl"]) == [
        (("First?",), "alpaca-7b", "b1", None),
        (("First?",), "gpt-4", "a1", None),
        (("First?", "a1", "Second?"), "gpt-4", "a2", 0),
        (("First?", "b1", "Second?"), "alpaca-7b", "b2", 1),
    ]


def test_several_scores_of_a_response_are_averaged_and_that_is_said(answers, built):
    assert answers["judged.jsonl"] == [(("Judged?",), "gpt-4", "r", 2.5)]
    assert "The scores of 1 responses are means of several that the pool gives." in built.output


def test_other_columns_are_read_where_their_file_is_named(answers):
    assert answers["renamed.jsonl"] == [(("Named?",), "gpt-4", "s", -2)]


REFUSED = {
    "a gold answer beside the response": (
        {"prompt": "p", "model": "gpt-4", "output": "said", "answer": "gold"},
        "has two columns that could be the response, output and answer, and they differ: "
        "say which is meant with var responses_columns",
    ),
    "messages as Python prints them": (
        {"messages": str(said("p")), "model": "gpt-4", "response": "r"},
        "column messages holds lists as Python prints them",
    ),
    "more columns than are listed": (
        {"model_a": "gpt-4", **{f"c{number}": number for number in range(9)}},
        "has the columns c0, c1, c2, c3, c4, c5, c6, c7 and 2 more, which fit none of the shapes; "
        "the nearest is arena",
    ),
}


@pytest.mark.parametrize("what", list(REFUSED))
def test_what_is_not_certain_is_asked(dbt_build, tmp_path, what):
    record, sentence = REFUSED[what]
    (tmp_path / "pool.jsonl").write_text(lines([record]))
    built = dbt_build(
        vars={"responses_path": str(tmp_path / "pool.jsonl")},
        only=["stg_pool_responses"],
        check=False,
    )
    assert built.returncode == 1
    assert sentence in built.output
