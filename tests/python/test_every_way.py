"""One random pool in every shape and in files of every make: each gives the same pairs."""

import csv
import json
import random

import duckdb
import pytest

MODELS = ("gpt-4", "llama-2-7b-chat", "alpaca-7b")
PIECES = ["a", "é", "日本", "🙂", '"', "'", "\\", "\\n", "{", "[", "<b>", ",", ";", "\n", "x y"]


def random_pool():
    """Prompts with an answer by each model; texts that are not blank at their ends."""
    draw = random.Random(20)

    def text():
        return "t" + "".join(draw.choices(PIECES, k=draw.randint(1, 12))) + "."

    return [
        (f"{number}: {text()}", [(model, f"{model} {text()}") for model in MODELS])
        for number in range(8)
    ]


POOL = random_pool()


def user(text):
    return {"role": "user", "content": text}


def assistant(text):
    return {"role": "assistant", "content": text}


def each(mark):
    for prompt, answers in POOL:
        yield prompt + mark, answers


def flat(mark):
    return [{"prompt": p, "model": m, "response": r} for p, rs in each(mark) for m, r in rs]


def battles(mark):
    for prompt, answers in each(mark):
        for place, first in enumerate(answers):
            for second in answers[place + 1 :]:
                yield prompt, first, second


def parts(text):
    """Typed parts of a text, one for its first line and one for the rest."""
    return [{"type": "text", "text": part, "image": None} for part in text.split("\n", 1)]


def conversation_of_parts(mark):
    return [
        {
            "model_a": first[0],
            "model_b": second[0],
            "winner": "tie",
            "conversation_a": [
                {"role": "user", "content": parts(prompt)},
                {"role": "assistant", "content": parts(first[1])},
            ],
            "conversation_b": [
                {"role": "user", "content": parts(prompt)},
                {"role": "assistant", "content": parts(second[1])},
            ],
        }
        for prompt, first, second in battles(mark)
    ]


def from_and_value(mark):
    def said(prompt, answer):
        return [{"from": "human", "value": prompt}, {"from": "gpt", "value": answer}]

    return [
        {
            "chosen": said(prompt, first[1]),
            "rejected": said(prompt, second[1]),
            "chosen_model": first[0],
            "rejected_model": second[0],
        }
        for prompt, first, second in battles(mark)
    ]


def numbered(mark):
    return [
        {
            "prompt": prompt,
            **{f"response_{number}": r for number, (_, r) in enumerate(answers)},
            **{f"response_{number}_source": m for number, (m, _) in enumerate(answers)},
        }
        for prompt, answers in each(mark)
    ]


def texts_as_lists(mark):
    return [
        {
            "prompt": json.dumps([prompt]),
            "model_a": first[0],
            "model_b": second[0],
            "response_a": json.dumps([first[1]]),
            "response_b": json.dumps([second[1]]),
            "winner_tie": 1,
        }
        for prompt, first, second in battles(mark)
    ]


def lists_of_answers(mark):
    return [
        {
            "prompt": prompt,
            "chosen": [r for _, r in answers[:1]],
            "rejected": [r for _, r in answers[1:]],
            "models": [m for m, _ in answers],
        }
        for prompt, answers in each(mark)
    ]


def one_in_a_list(mark):
    return [{**row, "response": [row["response"]]} for row in flat(mark)]


def messages_as_text(mark):
    return [
        {"messages": json.dumps([user(p)]), "model": m, "response": r}
        for p, answers in each(mark)
        for m, r in answers
    ]


def lines(records):
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in records).encode()


def table(records, delimiter=",", backslash=False, index=False, capitals=False):
    from io import StringIO

    names = list(records[0])
    file = StringIO(newline="")
    dialect = {"doublequote": False, "escapechar": "\\"} if backslash else {}
    write = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL, **dialect)
    head = [name.capitalize() if capitals else name for name in names]
    write.writerow(([""] if index else []) + head)
    for number, record in enumerate(records):
        write.writerow(([number] if index else []) + [record[name] for name in names])
    return file.getvalue().encode()


def columns(records):
    return {name: [record[name] for record in records] for name in records[0]}


def pandas_columns(records):
    return {
        name: {str(number): record[name] for number, record in enumerate(records)}
        for name in records[0]
    }


# Name of the file to how its records are made and written.
WAYS = {
    "lines.jsonl": lambda mark: lines(flat(mark)),
    "mark.jsonl": lambda mark: b"\xef\xbb\xbf" + lines(flat(mark)),
    "array.jsonl": lambda mark: json.dumps(flat(mark)).encode(),
    "pretty.jsonl": lambda mark: "\n".join(
        json.dumps(row, indent=2) for row in flat(mark)
    ).encode(),
    "array.json": lambda mark: json.dumps(flat(mark), indent=1).encode(),
    "mark.json": lambda mark: b"\xef\xbb\xbf" + json.dumps(flat(mark)).encode(),
    "lines.json": lambda mark: lines(flat(mark)),
    "columns.json": lambda mark: json.dumps(columns(flat(mark))).encode(),
    "pandas.json": lambda mark: json.dumps(pandas_columns(flat(mark))).encode(),
    "keyed.json": lambda mark: json.dumps(
        {f"id{number}": row for number, row in enumerate(flat(mark))}
    ).encode(),
    "comma.csv": lambda mark: table(flat(mark)),
    "semicolon.csv": lambda mark: table(flat(mark), ";"),
    "tab.tsv": lambda mark: table(flat(mark), "\t"),
    "mark.csv": lambda mark: b"\xef\xbb\xbf" + table(flat(mark)),
    "index.csv": lambda mark: table(flat(mark), index=True, capitals=True),
    "backslash.csv": lambda mark: table(flat(mark), backslash=True),
    "lists.csv": lambda mark: table(texts_as_lists(mark)),
    "messages.csv": lambda mark: table(messages_as_text(mark)),
    "parts.jsonl": lambda mark: lines(conversation_of_parts(mark)),
    "from.jsonl": lambda mark: lines(from_and_value(mark)),
    "numbered.jsonl": lambda mark: lines(numbered(mark)),
    "answers.jsonl": lambda mark: lines(lists_of_answers(mark)),
    "one.jsonl": lambda mark: lines(one_in_a_list(mark)),
}


@pytest.fixture(scope="module")
def database(dbt_build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("every [way] #1")
    for name, write in WAYS.items():
        (folder / name).write_bytes(write(f" in {name}"))
    return dbt_build(
        vars={"responses_path": str(folder / "*")},
        name="every-way",
        only=["preferences", "quarantined_responses"],
    ).database


def ask(database, sql, *values):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql, list(values)).fetchall()


@pytest.mark.parametrize("name", list(WAYS))
def test_every_way_gives_the_same_pairs(database, name):
    mark = f" in {name}"
    pairs = ask(
        database,
        "select strategy, left(prompt, -?), chosen, rejected, chosen_model, rejected_model "
        "from preferences where suffix(prompt, ?) and strategy <> 'spread' order by all",
        len(mark),
        mark,
    )
    expected = ask(
        database,
        "select strategy, left(prompt, -15), chosen, rejected, chosen_model, rejected_model "
        "from preferences where suffix(prompt, ' in lines.jsonl') and strategy <> 'spread' "
        "order by all",
    )
    assert {pair[1] for pair in pairs} == {prompt for prompt, _ in POOL}
    assert len(pairs) == len(expected) == 6 * len(POOL)
    assert pairs == expected


def test_what_is_not_used_is_an_answer_that_stands_there_twice(database):
    reasons = ask(database, "select distinct reason from quarantined_responses")
    assert reasons == [("duplicate_model",)]
