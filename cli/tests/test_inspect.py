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


def test_a_pool_without_a_known_model_is_still_shown(zebra, tmp_path, repository):
    path = pool(tmp_path, [ROWS[-1]])
    called = zebra("inspect", path, "--project", repository)
    assert called.status == 0, called.err
    assert "unknown_model" in called.out


def test_relative_paths_are_those_of_the_caller(zebra, tmp_path, repository, monkeypatch):
    pool(tmp_path)
    monkeypatch.chdir(tmp_path)
    called = zebra("inspect", "pool.jsonl", "--project", repository)
    assert called.status == 0, called.err
    assert os.listdir(tmp_path) == ["pool.jsonl"]


def test_a_file_of_no_known_shape(zebra, tmp_path, repository):
    path = pool(tmp_path, [{"question": "q", "text": "t"}])
    called = zebra("inspect", path, "--project", repository)
    assert_one_sentence(called, 1, "has the columns question, text", "the nearest is flat")


def test_a_file_that_is_not_there(zebra, tmp_path, repository):
    called = zebra("inspect", tmp_path / "none.jsonl", "--project", repository)
    assert_one_sentence(called, 1, "no file at", "none.jsonl")


def test_a_folder_without_the_project(zebra, tmp_path):
    called = zebra("inspect", pool(tmp_path), "--project", tmp_path)
    assert_one_sentence(called, 2, "There is no dbt_project.yml", "--project")


def test_a_leaderboard(zebra, tmp_path, repository):
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


def test_a_leaderboard_that_cannot_be_read(zebra, tmp_path, repository):
    path = tmp_path / "board.json"
    path.write_text('{"gpt-4": {"MMLU": 86.4}}')
    called = zebra("inspect", "--leaderboard", path, "--project", repository)
    assert_one_sentence(called, 1, "board.json is JSON of no shape that ZEBRA reads")
