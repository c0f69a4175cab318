"""Figures from a leaderboard that ships, or from a file: names, units, and what is refused."""

import csv
import json

import duckdb
import pytest

FOLDER = "seeds/leaderboards"
SHIPPED = {
    # name: models, figures, and some of them in the benchmark's unit
    "paper": (16, 96, [("llama-2-7b-chat", "IFEval", 25.19), ("gpt-4", "MMLU-Pro", 0.6371)]),
    "open_llm_v2": (
        4492,
        26952,
        [
            ("meta-llama/Llama-3.1-8B-Instruct", "IFEval", 49.22),
            ("meta-llama/Llama-2-70b-chat-hf", "IFEval", 49.58),
            ("01-ai/Yi-1.5-34B", "MMLU-Pro", 0.4666),
            ("0-hero/Matter-0.2-7B-DPO", "MATH Level 5", 1.44),
        ],
    ),
    "helm_capabilities": (
        61,
        305,
        [
            ("meta/llama-3.1-8b-instruct-turbo", "IFEval", 74.3),
            ("allenai/olmo-2-0325-32b-instruct", "WildBench", 73.4),
        ],
    ),
    "helm_lite": (91, 818, [("01-ai/yi-34b", "NarrativeQA", 78.2), ("01-ai/yi-34b", "MMLU", 65)]),
}


def rows(database, query):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def write_pool(path, models):
    lines = [
        json.dumps({"prompt": "p", "model": model, "response": f"by {model}"}) for model in models
    ]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return str(path)


def write_board(path, text):
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def build(dbt_build, tmp_path_factory):
    """Build some relations by a leaderboard, of a pool of these models."""

    def run(leaderboard, models=("gpt-4",), only=("int_leaderboard_coverage",), **settings):
        pool = write_pool(tmp_path_factory.mktemp("pool") / "pool.jsonl", models)
        vars = {"leaderboard": leaderboard, "responses_path": pool}
        return dbt_build(vars=vars, only=list(only), **settings)

    return run


@pytest.mark.parametrize("name", list(SHIPPED))
def test_a_leaderboard_that_ships(build, repository, name):
    n_models, n_figures, some = SHIPPED[name]
    database = build(name, only=["int_benchmark_figures", "leaderboard_sources"]).database
    figures = {
        (model, benchmark): score
        for model, benchmark, score in rows(
            database, "select model, benchmark, raw_score from int_benchmark_figures"
        )
    }
    assert len(figures) == n_figures
    assert len({model for model, _ in figures}) == n_models
    for model, benchmark, score in some:
        assert figures[model, benchmark] == pytest.approx(score, abs=1e-9)
    sources = rows(database, "select leaderboard, source, figures from leaderboard_sources")
    assert {leaderboard for leaderboard, *_ in sources} == {name}
    assert "not stated" not in {source for _, source, _ in sources}
    assert sum(figures for *_, figures in sources) == n_figures
    page = (repository / FOLDER / "README.md").read_text(encoding="utf-8")
    assert f"| `{name}` | {n_models:,} on " in page


def test_what_ships_is_listed_and_is_no_seed(repository, everything):
    names = {path.stem for path in (repository / FOLDER).glob("*.csv")}
    assert names == set(SHIPPED)
    manifest = json.loads((everything.target / "manifest.json").read_text(encoding="utf-8"))
    seeds = {node["name"] for node in manifest["nodes"].values() if node["resource_type"] == "seed"}
    assert seeds and not seeds & names


def test_the_others_are_at_hand_whichever_is_used(build):
    for leaderboard in (None, "helm_lite"):
        database = build(leaderboard).database
        found = dict(
            rows(database, "select leaderboard, count(*) from stg_scores_elsewhere group by 1")
        )
        others = {name: figures for name, (_, figures, _) in SHIPPED.items()} | {"seeds": 57}
        del others[leaderboard or "seeds"]
        assert found == others


WIDE = "Model,License,IFEval,MMLU-PRO,Elo\nNew-7B,open,0.5,41.5,1200\nlab/other,open,0.25,,1100\n"
LONG = (
    "model,task,score,source\nNew-7B,ifeval,50%,x\nNew-7B,MMLU_PRO,0.415,y\nlab/other,IFEval,25,x\n"
    "New-7B,IFEval,50,again\nNew-7B,Elo,1200,x\nlab/other,Elo,1100,x\n"
)


@pytest.mark.parametrize(
    ("text", "left_out"), [(WIDE, "Elo, License"), (LONG, "Elo")], ids=["wide", "long"]
)
def test_a_file_of_figures(build, tmp_path, text, left_out):
    built = build(
        write_board(tmp_path / "board.csv", text),
        ["new-7b", "OTHER"],
        only=["int_benchmark_figures", "leaderboard_sources", "int_pool_models"],
    )
    figures = rows(
        built.database,
        "select model, benchmark, raw_score from int_benchmark_figures order by all",
    )
    assert figures == [
        ("New-7B", "IFEval", 50),
        ("New-7B", "MMLU-Pro", 0.415),
        ("lab/other", "IFEval", 25),
    ]
    assert rows(built.database, "select distinct leaderboard from leaderboard_sources") == [
        ("board.csv",)
    ]
    assert rows(built.database, "select model from int_pool_models order by 1") == [
        ("New-7B",),
        ("lab/other",),
    ]
    assert (
        "Leaderboard board.csv\n  left out, for it is no benchmark of seeds/benchmarks.csv or "
        f"seeds/benchmark_aliases.csv: {left_out}\n" in built.output
    )


REFUSED = {
    "a model twice with different figures": (
        "model,IFEval\na,50\nb,40\nA,60\n",
        [
            "board.csv: model A has 2 scores on IFEval, 50.0 and 60.0; say which with var"
            " duplicate_scores"
        ],
    ),
    "a figure out of range": (
        "model,IFEval\na,150\nb,40\n",
        ["board.csv: score 150 of a on IFEval is outside [0, 100.0], in percent."],
    ),
    "a figure that is none": (
        "model,benchmark,score\na,IFEval,good\n",
        ['board.csv: score "good" of a on IFEval is no number'],
    ),
    "no known benchmark": (
        "model,Elo,Votes\na,1200,7\n",
        [
            "board.csv: none of its columns is a known benchmark with figures: Elo, Votes; say"
            " which is one with var leaderboard_columns, {BENCHMARK: COLUMN}, where"
            " seeds/benchmarks.csv"
        ],
    ),
    "no column of names": (
        "IFEval,MMLU\n50,40\n",
        ["board.csv has no column of models' names; its columns are IFEval, MMLU: name the one"],
    ),
}


@pytest.mark.parametrize("case", list(REFUSED))
def test_a_file_that_cannot_be_taken(build, tmp_path, case):
    text, sentences = REFUSED[case]
    board = write_board(tmp_path / "board.csv", text)
    ran = build(board, only=["int_benchmark_figures"], check=False)
    assert ran.returncode == 1
    output = " ".join(ran.output.split())
    for sentence in sentences:
        assert sentence in output


def test_a_benchmark_is_added_as_the_sentence_says(dbt_build, project_copy):
    board = write_board(project_copy / "board.csv", "model,Elo,Votes\na,1200,7\nb,1100,9\n")
    with (project_copy / "seeds" / "benchmarks.csv").open("a") as file:
        file.write("Arena,chat,rating,points,800,1600,true,1,\n")
    with (project_copy / "seeds" / "benchmark_aliases.csv").open("a") as file:
        file.write("Elo,Arena,\n")
    built = dbt_build(
        vars={"leaderboard": board}, project=project_copy, only=["int_benchmark_figures"]
    )
    assert rows(
        built.database, "select model, benchmark, raw_score from int_benchmark_figures order by 1"
    ) == [("a", "Arena", 1200), ("b", "Arena", 1100)]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        (
            "open_llm",
            'var leaderboard is "open_llm": allowed is null for the seeds, one of paper,'
            " open_llm_v2, helm_capabilities, helm_lite, a path, a glob, or a list of them.",
        ),
        (7, "var leaderboard is 7: allowed is null for the seeds, one of paper"),
        ("no/board.csv", "var leaderboard: no file at no/board.csv (seen from the folder dbt"),
    ],
)
def test_a_leaderboard_that_is_not_there(dbt_command, value, sentence):
    for settings in ({}, {"reparse": True}):
        ran = dbt_command(
            ["run", "--select", "stg_benchmarks"], vars={"leaderboard": value}, **settings
        )
        assert ran.returncode != 0
        assert sentence in ran.output


def test_a_name_that_no_board_has(build):
    ran = build(None, ["nobody-1b"], only=["int_prompts"], check=False)
    assert ran.returncode == 1
    assert (
        "no model of the pool is known: nobody-1b (1 rows); add their scores to"
        " seeds/benchmark_scores.csv, or add their spellings to seeds/model_aliases.csv."
        in ran.output
    )


def test_a_pool_that_another_leaderboard_knows_is_told_so(build):
    models = ["Qwen2-7B-Instruct", "Qwen2-7B", "gemma-2-27b-it", "gpt-4o-2024-05-13"]
    advice = "3 of its 4 models are on open_llm_v2: --vars '{leaderboard: open_llm_v2}'"
    ran = build(None, models, only=["int_prompts"], check=False)
    assert ran.returncode == 1
    assert advice in " ".join(ran.output.split())
    # Some are known, and still another leaderboard knows more.
    some = build("helm_lite", models, only=["int_prompts"])
    assert "Responses of unknown models are quarantined: Qwen2-7B (1 rows" in some.output
    assert advice in " ".join(some.output.split())
    # Its advice followed, there is no more of it.
    most = build("open_llm_v2", models, only=["int_prompts"])
    assert "gpt-4o-2024-05-13 (1 rows" in most.output
    assert "--vars" not in most.output
    back = build("open_llm_v2", ["gpt-4", "bard", "vicuna-33b"], only=["int_prompts"], check=False)
    assert "3 of its 3 models are on the seeds: --vars '{leaderboard: null}'" in " ".join(
        back.output.split()
    )


def test_a_copy_is_not_taken_for_the_makers_own(build):
    database = build(
        "open_llm_v2",
        ["gemma-2-9b-it", "jebish7/gemma-2-9b-it", "QwenSlerp2-14B", "other/Qwen2-7B-Instruct"],
    ).database
    found = {
        name: rest
        for name, *rest in rows(
            database, "select name_key, model, resolution, nearest_name from int_pool_models"
        )
    }
    assert found == {
        "gemma-2-9b-it": ["google/gemma-2-9b-it", "alias", None],
        "jebish7/gemma-2-9b-it": ["jebish7/gemma-2-9b-it", "known", None],
        "qwenslerp2-14b": [
            None,
            "unknown",
            "allknowingroger/Qwenslerp2-14B or hotmailuser/QwenSlerp2-14B",
        ],
        "other/qwen2-7b-instruct": [None, "unknown", "qwen2-7b-instruct"],
    }


def test_spellings_that_would_be_two_models_are_taken_for_none(dbt_build, project_copy):
    with (project_copy / "seeds" / "model_aliases.csv").open("a") as file:
        file.write("some-qwen,Qwen/Qwen2-7B\nsome-qwen,Qwen/Qwen2-7B-Instruct\n")
    pool = write_pool(project_copy / "pool.jsonl", ["some-qwen", "Qwen2-72B"])
    vars = {"responses_path": pool}
    # Neither is on the seeds, so that the file serves them as it is.
    dbt_build(vars=vars, project=project_copy, only=["leaderboard_problems"])
    ran = dbt_build(
        vars=vars | {"leaderboard": "open_llm_v2"},
        project=project_copy,
        only=["leaderboard_problems"],
        check=False,
    )
    assert ran.returncode == 1
    assert "alias some-qwen stands for Qwen/Qwen2-7B and for Qwen/Qwen2-7B-Instruct" in ran.output


def test_aliases_are_no_chance_likenesses(repository):
    """No base model is the alias of its instruct version, and every row says something."""
    with (repository / "seeds" / "model_aliases.csv").open(encoding="utf-8") as file:
        found = [(row["alias"].lower(), row["model"].lower()) for row in csv.DictReader(file)]
    assert len({alias for alias, _ in found}) == len(found)
    tuned = ("instruct", "chat", "-it", "-sft", "distill", "simpo", "openmath")
    for alias, model in found:
        if "/" not in alias and "/" in model and not alias.startswith(("command", "c4ai")):
            assert alias != model
            is_tuned = [any(mark in name for mark in tuned) for name in (alias, model)]
            api_names = ("open-mistral-nemo", "mistral-large-", "mistral-small-")
            if not alias.startswith(api_names):
                assert is_tuned[0] == is_tuned[1], alias


def test_a_pool_of_today_is_built_by_a_board_that_ships(dbt_build, shared_data):
    """Whole, with no seed edited: 21 open models resolve, two closed ones are on no open board."""
    pool = shared_data / "modern_pool.jsonl"
    built = dbt_build(vars={"leaderboard": "open_llm_v2", "responses_path": str(pool)})
    coverage = "select leaderboard, known_models from int_leaderboard_coverage"
    assert dict(rows(built.database, coverage)) == {
        "open_llm_v2": 21,
        "helm_lite": 12,
        "helm_capabilities": 5,
        "paper": 0,
        "seeds": 0,
    }
    unknown = "select name_key from int_pool_models where model is null order by 1"
    assert rows(built.database, unknown) == [
        ("claude-3-5-sonnet-20240620",),
        ("gpt-4o-2024-05-13",),
    ]
    chosen = "select count(distinct chosen_model) from preference_pairs"
    assert rows(built.database, chosen)[0][0] > 1


ALPACA_EVAL = {
    "seeds": 12,
    "paper": 12,
    "open_llm_v2": 6,
    "helm_lite": 2,
    "helm_capabilities": 0,
}


def test_names_of_alpaca_eval_resolve(build, shared_data):
    names = [path.stem for path in sorted((shared_data / "alpaca_eval").glob("*.json"))]
    assert len(names) == 12
    database = build(None, names).database
    found = dict(rows(database, "select leaderboard, known_models from int_leaderboard_coverage"))
    assert found == ALPACA_EVAL


def test_a_big_board_compares_the_models_of_the_pool(build):
    database = build("open_llm_v2", ["Qwen2-7B", "gemma-2-27b"], only=["model_pairs"]).database
    assert rows(database, "select count(*) from model_pairs") == [(1,)]
    assert rows(database, "select count(*) from model_quality") == [(4492,)]
