"""Pools as people have them: each file gives the rows that it should, or one sentence."""

import json
from pathlib import Path

import duckdb
import pytest

CASES = Path(__file__).parent.parent / "fixtures" / "cases"

# Read together. Some hold the same prompts, so that of theirs the first answers alone are used.
READ = [
    "01-alpaca-instruction-input/pool.jsonl",
    "01-alpaca-instruction-input/pairs.jsonl",
    "02-hive-folder-overrides-model/model=judge/pool.*",
    "02-hive-folder-overrides-model/by_model/*/part-0.parquet",
    "02-hive-folder-overrides-model/score=9/pool.csv",
    "03-arena-140k-typed-parts/arena.*",
    "04-arena-hard-old-turns/model_answer/*.jsonl",
    "06-orca-system-column/*.jsonl",
    "07-olmo2-mix-ratings/*.jsonl",
    "08-bom-jsonl/pool.*",
    "09-concatenated-and-trailing/pool.jsonl",
    "11-columns-not-records/*.json",
    "12-dict-of-records/sample_responses.json",
    "13-helpsteer2-no-model/*.jsonl*",
    "15-sharegpt-from-value/pairs.jsonl",
    "15-sharegpt-from-value/battles.jsonl",
    "18-multipref-text-completion/multipref.jsonl",
    "20-pku-saferlhf-xz/train.jsonl",
    "21-kaggle-lmsys-55k/*.csv",
    "25-distilabel-failed-batches/new.jsonl",
    "27-alpaca-eval-duplicates-and-empties/results/*/model_outputs.json",
    "29-csv-encodings/latin1.jsonl",
    "31-odd-characters-to-export/pool.jsonl",
    "32-ultrafeedback-score-bug/uf.jsonl",
    "47-path-characters/it's [v2] #1/*.jsonl",
    "48-windows-vars-quoting/pool.jsonl",
    "51-prefix-answers-and-implicit-prompts/pool.jsonl",
    "52-h4-messages-column-in-trl/pool.jsonl",
]

WHY = [("gpt-4", "Because.", None), ("alpaca-7b", "Yes.", None)]
SKY = [("gpt-4", "Rayleigh scattering.", None), ("alpaca-7b", "It is blue.", None)]
# File to model, response and reason, row by row. An answer that another file gave before counts as
# one that can be used.
ROWS = {
    "01-alpaca-instruction-input/pool.jsonl": [
        ("gpt-4", "chat", None),
        ("gpt-4", "chien", None),
        ("alpaca-7b", "le chien est", None),
        ("alpaca-7b", "le cat", None),
    ],
    "02-hive-folder-overrides-model/model=judge/pool.parquet": SKY,
    "02-hive-folder-overrides-model/model=judge/pool.csv": SKY,
    "02-hive-folder-overrides-model/model=judge/pool.jsonl": SKY,
    "02-hive-folder-overrides-model/by_model/model=gpt-4/part-0.parquet": SKY[:1],
    "02-hive-folder-overrides-model/by_model/model=alpaca-7b/part-0.parquet": SKY[1:],
    "02-hive-folder-overrides-model/score=9/pool.csv": WHY,
    "03-arena-140k-typed-parts/arena.jsonl": [
        ("gpt-4", "7", None),
        ("alpaca-7b", "9", None),
        ("gpt-4", "Red", None),
        ("alpaca-7b", "Red is a colour I like.", None),
        ("gpt-4", "A cat", "unreadable_text"),
        ("alpaca-7b", "A dog", None),
    ],
    "04-arena-hard-old-turns/model_answer/gpt-4.jsonl": [("gpt-4", "Haiku by gpt-4", None)],
    "07-olmo2-mix-ratings/v2.jsonl": [("gpt-4", "Iron.", None), ("alpaca-7b", "Wood.", None)],
    "07-olmo2-mix-ratings/v1.jsonl": [("gpt-4", "Apple.", None), ("alpaca-7b", "Rock.", None)],
    "08-bom-jsonl/pool.jsonl": WHY,
    "08-bom-jsonl/pool.json": WHY,
    "08-bom-jsonl/pool.csv": WHY,
    "09-concatenated-and-trailing/pool.jsonl": [
        (None, None, "malformed_line"),
        (None, None, "malformed_line"),
        (None, None, "malformed_line"),
        ("llama-2-7b-chat", "e", None),
        ("llama-2-13b-chat", "f", None),
    ],
    "11-columns-not-records/lists.json": WHY,
    "11-columns-not-records/pandas.json": WHY,
    "13-helpsteer2-no-model/pool.jsonl": WHY,
    "13-helpsteer2-no-model/train.jsonl.gz": [
        ("train", "A language.", "missing_model"),
        ("train", "C# is by Microsoft.", "missing_model"),
    ],
    "15-sharegpt-from-value/battles.jsonl": [("gpt-4", "4", None), ("alpaca-7b", "5", None)],
    "15-sharegpt-from-value/pairs.jsonl": [
        ("gpt-4", "Hi!", None),
        ("alpaca-7b", "No.", None),
        ("gpt-4", "4", None),
        ("alpaca-7b", "5", None),
    ],
    "18-multipref-text-completion/multipref.jsonl": [
        ("gpt-4", "Nile.", None),
        ("alpaca-7b", "Alps.", None),
    ],
    "20-pku-saferlhf-xz/train.jsonl": [
        ("alpaca-7b", "Mix and bake.", None),
        ("gpt-4", "No idea.", None),
    ],
    "21-kaggle-lmsys-55k/train.csv": [
        ("gpt-4", "May.", None),
        ("alpaca-7b", "Monday.", None),
        ("gpt-4", "Hello", None),
        ("gpt-4", None, "missing_field"),
        ("alpaca-7b", "Hey", None),
        ("alpaca-7b", None, "unreadable_text"),
    ],
    "21-kaggle-lmsys-55k/renamed.csv": [
        ("gpt-4", "May.", None),
        ("alpaca-7b", "Monday.", None),
    ],
    "25-distilabel-failed-batches/new.jsonl": [
        ("gpt-4", "Mars", None),
        ("alpaca-7b", None, "missing_field"),
        (None, None, "missing_field"),
        ("gpt-4", "Sol", None),
        ("alpaca-7b", "Sun", None),
    ],
    "27-alpaca-eval-duplicates-and-empties/results/alpaca-7b/model_outputs.json": [
        ("alpaca-7b", "C", None),
        ("alpaca-7b", "D", None),
        ("alpaca-7b", "", "empty_response"),
    ],
    "27-alpaca-eval-duplicates-and-empties/results/nogen/model_outputs.json": [
        ("model_outputs", "E", "missing_model")
    ],
    "29-csv-encodings/latin1.jsonl": [WHY[0], (None, None, "malformed_line"), WHY[1]],
    "31-odd-characters-to-export/pool.jsonl": [
        ("gpt-4", "Because\u0000 so.", None),
        ("alpaca-7b", "Yes.", None),
        (None, None, "malformed_line"),
        ("llama-2-7b-chat", "No.", None),
    ],
    "32-ultrafeedback-score-bug/uf.jsonl": [
        ("alpaca-7b", "Car.", None),
        ("gpt-4", "Keats.", None),
    ],
    "47-path-characters/it's [v2] #1/pool a.jsonl": WHY,
    "48-windows-vars-quoting/pool.jsonl": WHY,
    "52-h4-messages-column-in-trl/pool.jsonl": [
        ("gpt-4", "Neon.", None),
        ("alpaca-7b", "Stone.", None),
    ],
}
# Prompt, chosen and rejected of pairs that files make by themselves.
PAIRS = [
    ("Translate into French.\n\ncat", "chat", "le cat"),
    ("Translate into French.\n\ndog", "chien", "le chien est"),
    ("Choose A or B and explain.\n\nIs fire cold? (A) yes (B) no", "B, it is hot.", "A"),
    ("Why is the sky blue?", "Rayleigh scattering.", "It is blue."),
    ("Name a prime.", "7", "9"),
    ("Write a haiku about SQL.", "Haiku by gpt-4", "Haiku by alpaca-7b"),
    ("Is ice cold?", "Yes.", "Cold."),
    ("Is ice cold?", "Arr, cold as the sea.", "Arr."),
    ("Name a star.", "Sirius.", "There are many stars one could name."),
    ("Name a metal.", "Iron.", "Wood."),
    ("Name a fruit.", "Apple.", "Rock."),
    ("2+2?", "4", "5"),
    ("Name a river.", "Nile.", "Alps."),
    ("How do I bake bread?", "No idea.", "Mix and bake."),
    ("Name a month.", "May.", "Monday."),
    ("Hi", "Hello", "Hey"),
    ("Name a sun.", "Sol", "Sun"),
    ("Q1", "A", "C"),
    ("Q2", "B", "D"),
    ("Name a poet.", "Keats.", "Car."),
    ("Name a gas.", "Neon.", "Stone."),
    ("Finish: the sky", "The sky is", "The sky is blue and vast."),
]
SCORES = {
    "02-hive-folder-overrides-model/score=9/pool.csv": [None, None],
    "03-arena-140k-typed-parts/arena.jsonl": [1, 0, None, None, 0.5, 0.5],
    "07-olmo2-mix-ratings/v2.jsonl": [5, 1.75],
    "07-olmo2-mix-ratings/v1.jsonl": [None, None],
    "21-kaggle-lmsys-55k/train.csv": [1, 0, None, 0.5, None, 0.5],
    "31-odd-characters-to-export/pool.jsonl": [None, None, None, 3],
    "32-ultrafeedback-score-bug/uf.jsonl": [10, None],
}
MODELS_FIRST = "names no models, without which nothing can be made of "
# File to what the sentence that stops the build says.
REFUSED = {
    "08-bom-jsonl/logickor/CohereForAI/aya-23-35B/default.jsonl": ["outputs", "questions"],
    "13-helpsteer2-no-model/train.jsonl.gz": [MODELS_FIRST],
    "15-sharegpt-from-value/ultrainteract.jsonl": [MODELS_FIRST, "paired", "chosen_model"],
    "16-tulu3-mixture-no-models/mix.jsonl": [MODELS_FIRST, "paired", "rejected_model"],
    "16-tulu3-mixture-no-models/h4.jsonl": [MODELS_FIRST, "paired", "chosen_model"],
    "16-tulu3-mixture-no-models/skywork.jsonl": [MODELS_FIRST, "paired", "chosen_model"],
    "19-helpsteer3-context/train.jsonl": [MODELS_FIRST, "response_1_model"],
    "20-pku-saferlhf-xz/train.jsonl.xz": ["no ending that ZEBRA reads", "unpack it first"],
    "24-lmsys-chat-1m/chat.jsonl": ["the nearest is conversation, which also needs response"],
    "25-distilabel-failed-batches/old.jsonl": [MODELS_FIRST, "generation_models or model_names"],
    "29-csv-encodings/latin1.csv": ["latin1.csv, line 2: the text is not UTF-8; save it as UTF-8"],
    "29-csv-encodings/utf16.csv": ["utf16.csv, line 1: the text is not UTF-8; save it as UTF-8"],
}


@pytest.fixture(scope="module")
def built(dbt_build):
    return dbt_build(vars={"responses_path": [str(CASES / path) for path in READ]}, name="cases")


@pytest.fixture(scope="module")
def ask(built):
    def ask(sql, *values):
        with duckdb.connect(str(built.database), read_only=True) as connection:
            return connection.execute(sql, list(values)).fetchall()

    return ask


@pytest.mark.parametrize("file", list(ROWS))
def test_rows_of_a_file(ask, file):
    rows = ask(
        "select texts.model, texts.response, nullif(responses.reason, 'duplicate_model') "
        "from int_responses as responses inner join stg_pool_responses as texts "
        "using (source_file, row_number, candidate_number) where source_file = ? "
        "order by row_number, candidate_number",
        str(CASES / file),
    )
    assert rows == ROWS[file]


def test_pairs(ask):
    pairs = ask("select prompt, chosen, rejected from preferences where strategy = 'contrast'")
    assert [pair for pair in PAIRS if pairs.count(pair) != 1] == []


@pytest.mark.parametrize("file", list(SCORES))
def test_scores_of_a_file(ask, file):
    scores = ask(
        "select score from stg_pool_responses where source_file = ? "
        "order by row_number, candidate_number",
        str(CASES / file),
    )
    assert [score for (score,) in scores] == SCORES[file]


def test_no_response_is_what_stands_for_one(ask):
    assert ask("select count(*) from responses where left(response, 1) in ('[', '{')") == [(0,)]


def test_a_system_text_is_the_first_message(ask):
    messages = ask("select messages from prompts where prompt = 'Is ice cold?' order by messages")
    assert [row[0][0] for row in messages] == [
        {"role": "system", "content": "Answer in one word."},
        {"role": "system", "content": "Answer like a pirate."},
    ]


def test_an_object_of_records_is_as_many(ask):
    file = str(CASES / "12-dict-of-records/sample_responses.json")
    found = ask(
        "select count(*), count(*) filter (where model = 'gpt-4' and response = 'A plan.') "
        "from responses where source_file = ?",
        file,
    )
    assert found == [(300, 300)]


def test_a_file_without_models_is_told_before_others(built):
    file = CASES / "13-helpsteer2-no-model/train.jsonl.gz"
    assert f"Of {file}, 2 of 2 responses are quarantined: missing_model 2. The file" in built.output
    assert "And " in built.output and "have a tenth or more quarantined." in built.output


def test_json_lines_that_are_not_utf_8_are_told(built, ask):
    file = str(CASES / "29-csv-encodings/latin1.jsonl")
    said = "response <- response; line 2 is not UTF-8: save the file as UTF-8"
    found = ask("select mapped_columns from int_pool_file_summary where source_file = ?", file)
    assert found[0][0].endswith(said)
    assert f"{said}." in built.output
    # broken for another reason
    [(others,)] = ask(
        "select count(*) from int_pool_file_summary "
        "where mapped_columns like '%is not UTF-8%' and source_file <> ?",
        file,
    )
    assert others == 0


def test_what_is_not_read_or_comes_from_a_folder_is_told(dbt_build, tmp_path):
    for model, system in (("gpt-4", "Be kind."), ("alpaca-7b", "Be brief.")):
        line = {"instruction": "i", "custom_system_prompt": system, "response": model}
        (tmp_path / f"model={model}").mkdir()
        (tmp_path / f"model={model}" / "pool.jsonl").write_text(json.dumps(line) + "\n")
    built = dbt_build(vars={"responses_path": str(tmp_path / "*" / "*")}, only=["pool_summary"])
    assert (
        "prompt <- instruction, model <- the folder model=gpt-4, response <- response; "
        "not read: custom_system_prompt."
    ) in built.output
    with duckdb.connect(str(built.database), read_only=True) as connection:
        found = connection.execute(
            "select count(*), count(distinct prompt_id) from int_responses where reason is null"
        ).fetchall()
    # drawn for each answer, it is no part of the prompt
    assert found == [(2, 1)]


@pytest.mark.parametrize("file", list(REFUSED))
def test_a_file_that_cannot_be_read_says_why_in_a_sentence(dbt_command, file):
    models = ["refusal_phrases", "stg_pool_files", "stg_pool_responses"]
    if "helpsteer2" in file:
        models = ["+int_responses"]
    ran = dbt_command(
        ["build", "--exclude-resource-type", "test", "unit_test", "--select", *models],
        vars={"responses_path": str(CASES / file)},
        name="cases-refused",
    )
    assert ran.returncode == 1
    [sentence] = {line.strip() for line in ran.output.splitlines() if str(CASES / file) in line}
    for part in REFUSED[file]:
        assert part in sentence
    assert "ignore_errors" not in ran.output
    assert "Possible" not in ran.output
