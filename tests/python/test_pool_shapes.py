"""One pool in every shape that is known: each gives the same pairs."""

import gzip
import json

import duckdb
import pytest

MODELS = {"gpt-4": 1, "llama-2-7b-chat": 3, "alpaca-7b": 2}
PROMPTS = ["What is\n2 + 2?", 'Write ‘naïve’ in capitals: "naïve"', "Why?"]


def rows(mark=""):
    """prompt, model, response and rank; the mark makes prompts of their own."""
    return [
        (prompt + mark, model, f"{model} says: {prompt[::-1]}\n", rank)
        for prompt in PROMPTS
        for model, rank in MODELS.items()
    ]


def user(text):
    return {"role": "user", "content": text}


def assistant(text):
    return {"role": "assistant", "content": text}


def by_prompt(mark=""):
    for prompt in PROMPTS:
        yield prompt + mark, [row[1:] for row in rows(mark) if row[0] == prompt + mark]


def flat(mark=""):
    return [
        {"instruction": p, "generator": m, "output": r, "dataset": "d"} for p, m, r, _ in rows(mark)
    ]


def conversation(mark=""):
    return [{"messages": [user(p)], "model": m, "response": r} for p, m, r, _ in rows(mark)]


def ultrafeedback(mark=""):
    return [
        {
            "source": "d",
            "instruction": prompt,
            "models": [model for model, _, _ in answers],
            "completions": [
                {"model": m, "response": r, "overall_score": 5.0, "annotations": {}}
                for m, r, _ in answers
            ],
        }
        for prompt, answers in by_prompt(mark)
    ]


def parallel(mark=""):
    return [
        {
            "instruction": prompt,
            "generations": [r for _, r, _ in answers],
            "generation_models": [m for m, _, _ in answers],
            "ratings": [5, None, 3],
            "model_name": "the-judge",
        }
        for prompt, answers in by_prompt(mark)
    ]


def pairs_of_each_prompt(mark=""):
    for prompt, answers in by_prompt(mark):
        for place, first in enumerate(answers):
            for second in answers[place + 1 :]:
                yield prompt, first, second


def paired(mark=""):
    return [
        {
            "prompt": prompt,
            "chosen": first[1],
            "rejected": second[1],
            "chosen_model": first[0],
            "rejected_model": second[0],
        }
        for prompt, first, second in pairs_of_each_prompt(mark)
    ]


def paired_argilla(mark=""):
    return [
        {
            "prompt": prompt,
            "chosen": [user(prompt), assistant(first[1])],
            "rejected": [user(prompt), assistant(second[1])],
            "chosen-model": first[0],
            "rejected-model": second[0],
            "chosen-rating": 5.0,
            "rejected-rating": 2.0,
        }
        for prompt, first, second in pairs_of_each_prompt(mark)
    ]


def paired_trl(mark=""):
    return [
        {
            "prompt": [user(prompt)],
            "chosen": [assistant(first[1])],
            "rejected": [assistant(second[1])],
            "chosen_model": first[0],
            "rejected_model": second[0],
        }
        for prompt, first, second in pairs_of_each_prompt(mark)
    ]


def arena(mark=""):
    return [
        {
            "question_id": "q",
            "model_a": first[0],
            "model_b": second[0],
            "winner": "tie (bothbad)",
            "conversation_a": [user(prompt), assistant(first[1])],
            "conversation_b": [user(prompt), assistant(second[1])],
        }
        for prompt, first, second in pairs_of_each_prompt(mark)
    ]


def nectar(mark=""):
    return [
        {
            "prompt": f"\n\nHuman: {prompt}\n\nAssistant: ",
            "answers": [{"answer": r, "model": m, "rank": k} for m, r, k in answers],
            "turns": 1,
        }
        for prompt, answers in by_prompt(mark)
    ]


def wildbench(mark=""):
    return [
        {"session_id": "s", "chat_history": [p], "output": [r], "generator": m}
        for p, m, r, _ in rows(mark)
    ]


def arena_hard(mark=""):
    return [
        {
            "uid": "u",
            "ans_id": "a",
            "model": m,
            "messages": [user(p), {"role": "assistant", "content": {"answer": r}}],
        }
        for p, m, r, _ in rows(mark)
    ]


SHAPES = {
    "flat": flat,
    "conversation": conversation,
    "ultrafeedback": ultrafeedback,
    "parallel": parallel,
    "paired": paired,
    "paired_conversation": paired_argilla,
    "paired_conversation (trl)": paired_trl,
    "arena": arena,
    "nectar": nectar,
    "wildbench": wildbench,
    "arena_hard": arena_hard,
}


def write(path, records):
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def as_parquet(path, target):
    duckdb.sql(f"copy (from read_json('{path}', format = 'nd')) to '{target}' (format parquet)")
    return target


@pytest.fixture(scope="module")
def pool(dbt_build):
    """Build a pool of the given files without tests, and return its database."""

    def build(*paths, name="shapes", **vars):
        return dbt_build(
            vars={"responses_path": [str(path) for path in paths], **vars},
            name=name,
            only=["preferences", "quarantined_responses"],
        ).database

    return build


def query(database, sql):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(sql).fetchall()


# spread draws by the prompt's id, and each file's prompts are its own
PAIRS = (
    "select strategy, prompt, chosen, rejected, chosen_model, pair_id from preferences "
    "where strategy <> 'spread' order by all"
)


@pytest.fixture(scope="module")
def expected(pool, tmp_path_factory):
    return query(pool(write(tmp_path_factory.mktemp("flat") / "flat.jsonl", flat())), PAIRS)


@pytest.fixture(scope="module")
def all_shapes(pool, tmp_path_factory):
    """One pool with a file for each shape and kind, each with prompts of its own."""
    folder = tmp_path_factory.mktemp("all")
    paths = []
    for shape, records in SHAPES.items():
        path = folder / f"{shape.replace(' ', '_')}.jsonl"
        paths.append(write(path, records(f" ({path.name})")))
        packed = folder / f"{shape.replace(' ', '_')}.jsonl.gz"
        lines = "".join(json.dumps(record) + "\n" for record in records(f" ({packed.name})"))
        packed.write_bytes(gzip.compress(lines.encode("utf-8")))
        paths.append(packed)
        other = folder / f"{shape.replace(' ', '_')}.parquet"
        paths.append(as_parquet(write(folder / "source.jsonl", records(f" ({other.name})")), other))
    return pool(*paths, name="all-shapes")


@pytest.mark.parametrize("kind", ["jsonl", "jsonl.gz", "parquet"])
@pytest.mark.parametrize("shape", list(SHAPES))
def test_every_shape_gives_the_same_pairs(all_shapes, expected, shape, kind):
    file = f"{shape.replace(' ', '_')}.{kind}"
    mark = f" ({file})"
    shapes = query(
        all_shapes,
        f"select distinct shape from stg_pool_responses where source_file like '%/{file}'",
    )
    pairs = query(
        all_shapes,
        f"""
        select strategy, left(prompt, -{len(mark)}), chosen, rejected, chosen_model
        from preferences where prompt like '%{mark}' and strategy <> 'spread' order by all
        """,
    )
    assert shapes == [(shape.split(" ")[0],)]
    assert len(expected) == 18
    assert pairs == [row[:5] for row in expected]


def test_a_single_turn_is_a_conversation_of_one_message(all_shapes):
    messages = query(
        all_shapes, "select count(*), max(len(messages)), min(messages[1].role) from prompts"
    )
    assert messages == [(len(PROMPTS) * len(SHAPES) * 3, 1, "user")]


@pytest.fixture(scope="module")
def odd(pool, tmp_path_factory):
    """One pool of records that tests look at one by one; its folder, and the database."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "mt_bench" / "model_answer").mkdir(parents=True)
    (folder / "second").mkdir()
    write(
        folder / "mt_bench" / "question.jsonl",
        [{"question_id": 81, "category": "w", "turns": ["Q1", "Q2"]}],
    )
    answers = [
        write(
            folder / "mt_bench" / "model_answer" / f"{model}.jsonl",
            [
                {
                    "question_id": 81,
                    "answer_id": "a",
                    "model_id": model,
                    "choices": [{"index": 0, "turns": [f"A1 of {model}", f"A2 of {model}"]}],
                    "tstamp": 1.0,
                }
            ],
        )
        for model in ("gpt-4", "alpaca-7b")
    ]
    packed = answers[0].with_name("gpt-4.jsonl.gz")
    packed.write_bytes(gzip.compress(answers[0].read_bytes()))

    system = {"role": "system", "content": "Be brief."}
    turns = [
        {
            "messages": [*before, user("Go on.")],
            "model": model,
            "response": f"{model} {len(before)}",
        }
        for before in ([], [system], [system, user("Hi"), assistant("Yes?")])
        for model in ("gpt-4", "alpaca-7b")
    ]
    turns.append({"messages": [user("x"), assistant("y")], "model": "bard", "response": "z"})

    text = "\n\nHuman: one\n\nAssistant: two\n\nHuman: three\n\nAssistant: "
    marked = [{"prompt": text, "answers": [{"answer": "a", "model": "bard", "rank": 2.0}]}]
    lists = [{"instruction": "p", "generations": ["a", "b"], "generation_models": ["bard"]}]

    write(folder / "second" / "question.jsonl", [{"question_id": 81, "turns": ["only one"]}])
    choices = [{"index": 0, "turns": ["first"]}, {"index": 1, "turns": ["second"]}]
    twice = [{"question_id": 81, "model_id": "gpt-4", "choices": choices}]
    chats = [{"session_id": "s", "chat_history": ["Q"], "output": ["a", "b"], "generator": "bard"}]
    database = pool(
        packed,
        answers[1],
        write(folder / "turns.jsonl", turns),
        write(folder / "marked.jsonl", marked),
        write(folder / "lists.jsonl", lists),
        write(folder / "second" / "answers.jsonl", twice),
        write(folder / "second" / "wild.jsonl", chats),
        name="odd",
    )
    return folder, database


@pytest.fixture
def of_odd(odd):
    """Rows of prompts, responses or refused responses that come from files of that name."""
    folder, database = odd

    def ask(relation, columns, files, rest=""):
        of_files = f"source_file like '{folder}/{files}'"
        if relation == "prompts":
            of_files = f"prompt_id in (select prompt_id from responses where {of_files})"
        return query(database, f"select {columns} from {relation} where {of_files} {rest}")

    return ask


def test_mt_bench_answers_find_their_questions_and_the_turns_before(of_odd):
    prompts = of_odd("prompts", "prompt, n_candidates, messages", "mt_bench/%", "order by all")
    assert prompts == [
        ("Q1", 2, [user("Q1")]),
        ("Q2", 1, [user("Q1"), assistant("A1 of alpaca-7b"), user("Q2")]),
        ("Q2", 1, [user("Q1"), assistant("A1 of gpt-4"), user("Q2")]),
    ]


def test_earlier_turns_and_system_messages_are_part_of_the_prompt(of_odd):
    prompts = of_odd("prompts", "prompt, len(messages), n_candidates", "turns.jsonl", "order by 2")
    assert prompts == [("Go on.", 1, 2), ("Go on.", 2, 2), ("Go on.", 4, 2)]
    assert of_odd("prompts", "prompt_id = md5('Go on.')", "turns.jsonl", "order by 1 desc") == [
        (True,),
        (False,),
        (False,),
    ]
    assert of_odd("prompts", "len(messages)", "turns.jsonl", "and prompt_id = md5('Go on.')") == [
        (1,)
    ]
    assert of_odd("quarantined_responses", "reason, detail", "turns.jsonl") == [
        ("missing_field", "without a prompt")
    ]


def test_turns_marked_in_a_text_are_told_apart(of_odd):
    assert of_odd("prompts", "messages", "marked.jsonl") == [
        ([user("one"), assistant("two"), user("three")],)
    ]
    assert of_odd("responses", "score", "marked.jsonl") == [(-2.0,)]


def test_lists_of_different_length_lose_nothing(of_odd):
    assert of_odd("responses", "model, response", "lists.jsonl") == [("bard", "a")]
    assert of_odd("quarantined_responses", "reason, detail", "lists.jsonl") == [
        ("missing_field", "without a model")
    ]


def test_a_second_answer_by_one_model_is_quarantined_not_lost(of_odd):
    used = of_odd("responses", "model, response", "second/%", "order by 1")
    assert used == [("bard", "a"), ("gpt-4", "first")]
    refused = of_odd("quarantined_responses", "model, reason", "second/%", "order by 1")
    assert refused == [("bard", "duplicate_model"), ("gpt-4", "duplicate_model")]


def test_several_shapes_make_one_pool(pool, expected, tmp_path):
    first = write(tmp_path / "a.jsonl", [row for row in flat() if row["generator"] == "gpt-4"])
    others = [row for row in wildbench() if row["generator"] != "gpt-4"]
    assert query(pool(first, write(tmp_path / "b.jsonl", others)), PAIRS) == expected


def test_a_model_can_be_named_by_the_file_alone(pool, expected, tmp_path):
    paths = []
    for model in MODELS:
        records = [{"prompt": p, "response": r} for p, m, r, _ in rows() if m == model]
        paths.append(write(tmp_path / f"{model}.jsonl", records))
    assert query(pool(*paths), PAIRS) == expected


def test_real_answers_one_file_per_model(dbt_build, shared_data):
    built = dbt_build(
        vars={"responses_path": str(shared_data / "alpaca_eval" / "*.json")}, name="alpaca"
    )
    counts = query(
        built.database,
        "select (select count(*) from prompts), (select count(*) from responses), "
        "(select count(distinct model) from responses), (select count(*) from candidate_sets)",
    )
    assert counts[0][0] == 200
    assert counts[0][2] == 12
