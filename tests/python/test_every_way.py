"""Random pools in every shape and in files of every make: each gives the same pairs."""

import csv
import json

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawing import for_one_build

MODELS = ("gpt-4", "llama-2-7b-chat", "alpaca-7b")
PIECES = [*"aé日🙂\"'\\{[,;\n\t ", "\\n", "<b>"]

TEXTS = st.lists(
    st.one_of(st.sampled_from(PIECES), st.characters(exclude_categories=["Cc", "Cs"])),
    min_size=1,
    max_size=12,
).map("".join)
# The last prompt of each pool has answers that are JSON, and stay what they are.
POOLS = st.lists(st.tuples(TEXTS, *[TEXTS] * len(MODELS)), min_size=2, max_size=3)
N_POOLS = 3


def drawn_pools():
    """Prompts of several random pools, each with an answer by every model."""
    prompts = []

    @for_one_build(N_POOLS)
    @given(POOLS)
    def draw(pool):
        for place, (prompt, *texts) in enumerate(pool):
            is_json = place == len(pool) - 1
            answers = [
                (model, json.dumps([{model: text}]) if is_json else f"{model} {text}.")
                for model, text in zip(MODELS, texts, strict=True)
            ]
            prompts.append((f"{len(prompts)}: {prompt}.", answers))

    draw()
    return prompts


POOL = drawn_pools()


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


def completions(mark):
    return [
        {"instruction": p, "completions": [{"model": m, "response": r} for m, r in answers]}
        for p, answers in each(mark)
    ]


def parallel(mark):
    return [
        {
            "instruction": prompt,
            "generations": [r for _, r in answers],
            "generation_models": [m for m, _ in answers],
        }
        for prompt, answers in each(mark)
    ]


def ranked(mark):
    return [
        {
            "prompt": f"\n\nHuman: {prompt}\n\nAssistant: ",
            "answers": [{"answer": r, "model": m, "rank": 1} for m, r in answers],
        }
        for prompt, answers in each(mark)
    ]


def pairs_of_texts(mark):
    return [
        {
            "prompt": prompt,
            "chosen": first[1],
            "rejected": second[1],
            "chosen_model": first[0],
            "rejected_model": second[0],
        }
        for prompt, first, second in battles(mark)
    ]


def answer_in_messages(mark):
    return [
        {"uid": f"{m} {p}", "model": m, "messages": [user(p), assistant(r)]}
        for p, answers in each(mark)
        for m, r in answers
    ]


def chat_histories(mark):
    return [
        {"session_id": f"{m} {p}", "generator": m, "chat_history": [p], "output": [r]}
        for p, answers in each(mark)
        for m, r in answers
    ]


def questions(mark):
    return [{"question_id": place, "turns": [p]} for place, (p, _) in enumerate(each(mark))]


def answers_to_questions(mark):
    return [
        {"question_id": place, "model_id": m, "choices": [{"index": 0, "turns": [r]}]}
        for place, (_, answers) in enumerate(each(mark))
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
    "completions.jsonl": lambda mark: lines(completions(mark)),
    "parallel.jsonl": lambda mark: lines(parallel(mark)),
    "ranked.jsonl": lambda mark: lines(ranked(mark)),
    "pairs.jsonl": lambda mark: lines(pairs_of_texts(mark)),
    "messages.jsonl": lambda mark: lines(answer_in_messages(mark)),
    "history.jsonl": lambda mark: lines(chat_histories(mark)),
    "turns.jsonl": lambda mark: lines(answers_to_questions(mark)),
}
# Of these each answer stands in two records.
TWICE = {"lists.csv", "parts.jsonl", "from.jsonl", "pairs.jsonl"}


@pytest.fixture(scope="module")
def database(dbt_build, tmp_path_factory):
    folder = tmp_path_factory.mktemp("every [way] #1")
    for name, write in WAYS.items():
        (folder / name).write_bytes(write(f" in {name}"))
    # beside the folder of the answers, where no file is a pool's
    (folder.parent / "question.jsonl").write_bytes(lines(questions(" in turns.jsonl")))
    return dbt_build(
        vars={"responses_path": str(folder / "*")},
        name="every-way",
        only=["preferences", "quarantined_responses"],
    ).database


def ask(database, sql, *values):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql, list(values)).fetchall()


@pytest.fixture(scope="module")
def pairs(database):
    """By file: strategy, prompt without the file's mark, texts and models of each pair."""
    by_file = {name: [] for name in WAYS}
    for name, *pair in ask(
        database,
        "select split_part(prompt, '. in ', -1), strategy, "
        "left(prompt, -length(split_part(prompt, '. in ', -1)) - 4), "
        "chosen, rejected, chosen_model, rejected_model "
        "from preferences where strategy <> 'spread' order by all",
    ):
        by_file[name].append(pair)
    return by_file


@pytest.mark.parametrize("name", list(WAYS))
def test_every_way_gives_the_same_pairs(pairs, name):
    assert {pair[1] for pair in pairs[name]} == {prompt for prompt, _ in POOL}
    assert len(pairs[name]) == 6 * len(POOL)
    assert pairs[name] == pairs["lines.jsonl"]


def test_every_record_is_usable_but_an_answer_that_stands_there_twice(database):
    rows = ask(
        database,
        "select parse_filename(source_file), reason, count(*) from int_responses group by all",
    )
    answers = len(POOL) * len(MODELS)
    expected = [(name, None, answers) for name in WAYS]
    expected += [(name, "duplicate_model", answers) for name in TWICE]
    assert sorted(rows, key=str) == sorted(expected, key=str)


def test_no_response_is_what_stands_for_one(database):
    in_lists = sum(text.startswith("[{") for _, answers in POOL for _, text in answers)
    assert in_lists > 0
    found = ask(database, "select count(*) from responses where left(response, 2) = '[{'")
    assert found == [(in_lists * len(WAYS),)]
