"""`zebra inspect`: what would be read, said before anything is built."""

import json
import os

from .helpers import assert_one_sentence

ROWS = [
    {"instruction": "Why?", "generator": name, "output": "Because.", "rating": 3}
    for name in ("gpt-4", "GPT4", "openai/gpt-4", "ultralm-65b", "vicuna-33", "zzz")
]


def pool(folder, rows=ROWS, name="pool.jsonl"):
    path = folder / name
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_shape_columns_names_and_first_row(zebra, tmp_path, repository):
    called = zebra("inspect", pool(tmp_path), "--project", repository)
    assert called.status == 0, called.err
    lines = [" ".join(line.split()) for line in called.out.splitlines()]
    assert "shape flat" in lines
    assert (
        "columns prompt <- instruction, model <- generator, response <- output, score <- rating"
        in lines
    )
    assert "holds 6 records, 6 responses to 1 prompts, 6 scores, 0 malformed lines" in lines
    assert "vicuna-33 1 NULL unknown false vicuna-33b" in lines
    assert "zzz 1 NULL unknown false NULL" in lines
    assert "gpt-4 1 gpt-4 known true NULL" in lines
    assert "GPT4 1 gpt-4 alias true NULL" in lines
    assert "openai/gpt-4 1 gpt-4 provider true NULL" in lines
    assert "ultralm-65b 1 ultralm-65b known true NULL" in lines
    assert "seeds true 17 4 6" in lines
    assert "paper false 16 3 6" in lines
    assert "unknown_model 2" in lines
    assert any("Because." in line for line in lines)


def test_a_pool_without_a_known_model_is_still_shown(zebra, shared_parse, tmp_path, repository):
    path = pool(tmp_path, [ROWS[-1]])
    called = zebra("inspect", path, "--project", repository)
    assert called.status == 0, called.err
    assert "unknown_model" in called.out


def test_relative_paths_are_those_of_the_caller(
    zebra, shared_parse, tmp_path, repository, monkeypatch
):
    pool(tmp_path)
    monkeypatch.chdir(tmp_path)
    called = zebra("inspect", "pool.jsonl", "--project", repository)
    assert called.status == 0, called.err
    assert os.listdir(tmp_path) == ["pool.jsonl"]


def test_a_file_of_no_known_shape(zebra, shared_parse, tmp_path, repository):
    path = pool(tmp_path, [{"question": "q", "text": "t"}])
    called = zebra("inspect", path, "--project", repository)
    assert_one_sentence(called, 1, "has the columns question, text", "the nearest is flat")


def test_a_file_that_is_not_there(zebra, shared_parse, tmp_path, repository):
    called = zebra("inspect", tmp_path / "none.jsonl", "--project", repository)
    assert_one_sentence(called, 1, "no file at", "none.jsonl")


def test_a_folder_without_the_project(zebra, tmp_path):
    called = zebra("inspect", pool(tmp_path), "--project", tmp_path)
    assert_one_sentence(called, 2, "There is no dbt_project.yml", "--project")


def test_a_leaderboard(zebra, shared_parse, tmp_path, repository):
    path = tmp_path / "board.csv"
    path.write_text(
        "name,MMLU Raw,MMLU,GPQA,Votes\na,0.5,33,10,1200\nb,0.6,47,20,7\nb,0.6,47,21,7\n"
    )
    called = zebra("inspect", "--leaderboard", path, "--project", repository)
    assert called.status == 0, called.err
    lines = [" ".join(line.split()) for line in called.out.splitlines()]
    assert "shape wide" in lines
    assert "holds 2 models, 6 figures of 2 benchmarks" in lines
    assert "MMLU Raw MMLU fraction 3 in fractions" in lines
    assert any(line.startswith("GPQA GPQA rescaled percent 3 most lie under") for line in lines)
    assert "MMLU MMLU is taken from MMLU Raw 3" in lines
    assert "Votes no benchmark by this name 3" in lines
    assert any("b has 2 scores on GPQA" in line for line in lines)
    assert f'leaderboard: "{path}"' in lines


def test_a_leaderboard_that_cannot_be_read(zebra, shared_parse, tmp_path, repository):
    path = tmp_path / "board.json"
    path.write_text('{"gpt-4": {"MMLU": 86.4}}')
    called = zebra("inspect", "--leaderboard", path, "--project", repository)
    assert_one_sentence(called, 1, "board.json is JSON of no shape that ZEBRA reads")


def test_columns_of_other_names_are_tried_and_the_line_for_the_project_is_told(
    zebra, shared_parse, tmp_path, repository
):
    rows = [{"question": "Why?", "who": "gpt-4", "said": "So.", "rank": 2, "context": "c"}]
    path = pool(tmp_path, rows)
    columns = ["prompt=question", "model=who", "response=said", "score=-rank"]
    options = [word for column in columns for word in ("--columns", column)]
    called = zebra("inspect", path, "--project", repository, *options)
    assert called.status == 0, called.err
    lines = [" ".join(line.split()) for line in called.out.splitlines()]
    assert "usable 1" in lines
    assert (
        "columns prompt <- question, model <- who, response <- said, score <- -rank; "
        "not read: context"
    ) in lines
    assert "NULL Why? NULL gpt-4 So. -2" in lines
    assert lines[-1] == (
        'responses_columns: {"prompt": "question", "model": "who", "response": "said", '
        '"score": "-rank"}'
    )


def test_a_column_that_is_not_there_is_told_with_its_field(
    zebra, shared_parse, tmp_path, repository
):
    called = zebra(
        "inspect", pool(tmp_path), "--project", repository, "--columns", "model=generatr"
    )
    assert_one_sentence(called, 1, 'model: "generatr" is neither a column of', "its columns are")


def test_columns_need_a_field(zebra, tmp_path, repository):
    called = zebra("inspect", pool(tmp_path), "--project", repository, "--columns", "question")
    assert called.status == 2
    assert "--columns takes FIELD=COLUMN, such as prompt=question, not question" in called.err


def test_the_first_response_is_one_that_can_be_used(zebra, shared_parse, tmp_path, repository):
    path = pool(tmp_path)
    path.write_text("no json\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    called = zebra("inspect", path, "--project", repository)
    assert called.status == 0, called.err
    shown = called.out.split("First response that can be used")[1]
    assert "Because." in shown and "Why?" in shown


def test_an_error_of_several_lines_is_one_sentence(zebra, shared_parse, tmp_path, repository):
    path = tmp_path / "pool.csv"
    path.write_bytes("prompt,model,response\ncaf\u00e9,gpt-4,x\n".encode("latin-1"))
    called = zebra("inspect", path, "--project", repository)
    assert_one_sentence(called, 1, "pool.csv, line 2: the text is not UTF-8; save it as UTF-8")


def test_a_file_without_models_is_refused(zebra, shared_parse, tmp_path, repository):
    path = pool(tmp_path, [{"prompt": "p", "response": "r"}], name="train.jsonl")
    called = zebra("inspect", path, "--project", repository)
    assert_one_sentence(called, 1, "train.jsonl names no models", "responses_columns")
