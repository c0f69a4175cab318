"""A pool that is a table of the database: its rows have no order, and nothing hangs on one."""

import json

import duckdb
import pytest

MODELS = ["gpt-4", "vicuna-33b", "alpaca-7b", "bard", "someone-else", "GPT-4", "bard"]
RELATIONS = ["responses", "prompts", "quarantined_responses", "preference_pairs", "abstentions"]
# Where a row stood, which no order of the rows has a say in.
PLACES = "columns(lambda c: c not in ('source_file', 'row_number', 'candidate_number'))"


def rows_of_pool():
    """Twelve prompts; two models answer each of them twice, in the same words or in others."""
    return [
        {
            "prompt": f"What is {prompt} + {prompt}?",
            "model": model,
            "response": f"It is {prompt + (prompt * number) % 3}." if number != 3 or prompt else "",
            "source": f"sums-{(prompt + number) % 2}",
            "score": (prompt * number) % 5,
        }
        for prompt in range(12)
        for number, model in enumerate(MODELS)
    ]


@pytest.fixture
def built(dbt_command, tmp_path):
    """Make relations of a database by SQL, `pool` standing for rows, and build from one of them."""

    def build(sql, *, rows=None, name="built", args=(), **vars):
        folder = tmp_path / name
        folder.mkdir(exist_ok=True)
        pool = tmp_path / "pool.jsonl"
        records = rows_of_pool() if rows is None else rows
        pool.write_text("".join(json.dumps(row) + "\n" for row in records), encoding="utf-8")
        with duckdb.connect(str(folder / "zebra.duckdb")) as connection:
            connection.execute(sql.replace("pool", f"'{pool}'") or "select 1")
        select = [f"+{relation}" for relation in RELATIONS]
        arguments = ["build", "--exclude-resource-type", "unit_test", "--select", *select, *args]
        return dbt_command(arguments, folder=folder, vars={"responses_table": "answers", **vars})

    return build


def contents(ran, relations=RELATIONS):
    assert ran.returncode == 0, ran.output
    with duckdb.connect(str(ran.database), read_only=True) as connection:
        return {
            name: connection.execute(f"select {PLACES} from {name} order by all").fetchall()
            for name in relations
        }


def test_the_order_of_the_rows_decides_nothing(built):
    orders = ["model, response", "score desc, model desc", "source, prompt desc"]
    found = [
        contents(built(f"create table answers as from pool order by {order}", name=f"order-{n}"))
        for n, order in enumerate(orders)
    ]
    assert found[0] == found[1] == found[2]
    assert len(found[0]["prompts"]) == 12 and len(found[0]["preference_pairs"]) > 50


def test_of_two_answers_by_one_model_the_one_with_the_lowest_id_stays(built):
    ran = built("create table answers as from pool order by response desc")
    assert ran.returncode == 0, ran.output
    with duckdb.connect(str(ran.database), read_only=True) as connection:
        kept, lowest, quarantined = connection.execute(
            "with written as (select md5(prompt) as prompt_id, lower(model) as model, "
            "md5(md5(prompt) || '|' || lower(model) || '|' || md5(response)) as response_id "
            "from answers where lower(model) in ('gpt-4', 'bard') and response <> '') "
            "select (select list_sort(list(response_id)) from responses where model in "
            "('gpt-4', 'bard')), (select list_sort(list(id)) from (select min(response_id) as id "
            "from written group by prompt_id, model)), (select list(distinct detail) "
            "from quarantined_responses where reason = 'duplicate_model')"
        ).fetchone()
    assert kept == lowest and len(kept) == 24
    assert all("another row, whose response_id is no higher" in detail for detail in quarantined)


def test_a_table_decides_as_its_rows_in_a_file_do(built, dbt_build, tmp_path):
    rows = list(
        {
            (row["prompt"], row["model"].lower()): {**row, "source": row["prompt"][:9]}
            for row in rows_of_pool()
        }.values()
    )
    of_table = built("create table answers as from pool", rows=rows)
    of_file = dbt_build(vars={"responses_path": str(tmp_path / "pool.jsonl")}, only=RELATIONS)
    assert contents(of_table) == contents(of_file)


def test_a_conversation_table_of_another_schema_is_read(built):
    ran = built(
        "create schema lake; create table lake.chats as select [{role: 'system', content: 'Sum.'}, "
        "{role: 'user', content: prompt}] as messages, * exclude (prompt) from pool",
        responses_table='zebra."lake".CHATS',
    )
    prompts = contents(ran, ["prompts"])["prompts"]
    assert len(prompts) == 12
    with duckdb.connect(str(ran.database), read_only=True) as connection:
        assert connection.execute(
            "select distinct shape, source_file from stg_pool_responses"
        ).fetchall() == [("conversation", 'zebra."lake".CHATS')]


def test_columns_of_a_view_can_be_named(built):
    ran = built(
        "create table raw as from pool; create view answers as select prompt as asked, model, "
        "response as said from raw",
        responses_columns={"prompt": "asked", "response": "upper(said)"},
    )
    assert len(contents(ran, ["prompts"])["prompts"]) == 12
    with duckdb.connect(str(ran.database), read_only=True) as connection:
        responses = connection.execute("select response from responses").fetchall()
    assert ("IT IS 0.",) in responses and all(text == text.upper() for (text,) in responses)


def test_a_table_is_read_again_when_its_rows_change_and_only_then(built):
    sql = "create table if not exists answers as from pool;"
    first = contents(built(sql))
    again = built(sql)
    assert contents(again) == first
    assert "KEPT" in again.output
    changed = built(sql + "update answers set response = 'Nobody knows.' where model = 'alpaca-7b'")
    responses = contents(changed)["responses"]
    assert sum("Nobody knows." in row for row in responses) == 12


@pytest.mark.parametrize(
    "sql, vars, sentence",
    [
        ("", {}, "var responses_table: there is no table answers in zebra; name it as SQL does"),
        ("", {"responses_table": "lake.main.answers"}, "there is no table lake.main.answers in"),
        ("", {"responses_table": "a.b.c.d"}, "there is no table a.b.c.d in zebra; name it"),
        ("", {"responses_table": "main.responses"}, "main.responses is a relation that this"),
        ("", {"responses_table": ""}, 'var responses_table is "": allowed is the name of a table'),
        ("", {"responses_table": ["a"]}, 'var responses_table is ["a"]: allowed is the name of'),
        (
            "create table answers as from pool",
            {"responses_path": "pool.jsonl"},
            "vars responses_path and responses_table are both set: a pool is files or a table",
        ),
        (
            "create table answers as select * exclude (model) from pool",
            {},
            "var responses_table: answers names no models",
        ),
        (
            "create table answers as select prompt, model from pool",
            {},
            "var responses_table: answers has the columns prompt, model, which fit none of the",
        ),
        (
            "create table answers as from pool where false",
            {},
            "var responses_table: the pool holds no response; name a table with at least one.",
        ),
    ],
)
def test_what_is_wrong_with_a_table_is_said_in_a_sentence(built, sql, vars, sentence):
    ran = built(sql, **vars)
    assert ran.returncode != 0
    assert sentence in " ".join(ran.output.split()), ran.output
