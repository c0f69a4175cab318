"""The same pool gives the same bytes, whatever the threads and however its lines lie."""

import json
import random
import subprocess
import sys

import pytest

MODELS = ["gpt-4", "bard", "vicuna-33b", "alpaca-7b", "pythia-12b", "wizardlm-13b"]


@pytest.fixture(scope="module")
def lines():
    """Lines of a flat pool: 400 prompts, three to five responses each, none of them twice."""
    generator = random.Random(3)
    return [
        json.dumps(
            {
                "prompt": f"Prompt {number}",
                "model": model,
                "response": f"{model} on {number}: " + "word " * generator.randint(1, 300),
            }
        )
        for number in range(400)
        for model in generator.sample(MODELS, generator.randint(3, 5))
    ]


@pytest.fixture(scope="module")
def exported(dbt_build, tmp_path_factory):
    """Build a pool of files (name to lines) and export; returns the bytes by kind of file."""

    def export(files, name, threads=None, project=None):
        folder = tmp_path_factory.mktemp(name)
        for file, lines in files.items():
            (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
        more = {} if project is None else {"project": project}
        built = dbt_build(
            vars={"responses_path": str(folder / "*.jsonl")},
            name=name,
            only=["preferences"],
            **more,
        )
        written = {}
        for kind in ("jsonl", "parquet"):
            path = folder / f"out.{kind}"
            command = [sys.executable, "-m", "zebra", "--database", str(built.database)]
            command += ["export", "preferences", "-o", str(path), "--quiet"]
            subprocess.run(command, check=True)
            written[kind] = path.read_bytes()
        return written

    return export


@pytest.fixture(scope="module")
def as_it_is(exported, lines):
    return exported({"pool.jsonl": lines}, "plain")


def test_shuffled_lines(exported, lines, as_it_is):
    # A model that answers a prompt twice is taken at its word in the earliest line, so that order
    # matters to it by design; this pool has no such model.
    shuffled = random.Random(5).sample(lines, len(lines))
    assert exported({"pool.jsonl": shuffled}, "shuffled") == as_it_is


def test_twenty_files(exported, lines, as_it_is):
    files = {f"part-{number:02}.jsonl": lines[number::20] for number in range(20)}
    assert exported(files, "twenty") == as_it_is


@pytest.mark.parametrize("threads", [1, 2, 8])
def test_threads(exported, lines, as_it_is, project_copy, threads):
    profiles = project_copy / "profiles.yml"
    text = profiles.read_text(encoding="utf-8")
    assert "config_options:" in text
    setting = f"config_options:\n        threads: {threads}"
    profiles.write_text(text.replace("config_options:", setting, 1))
    assert exported({"pool.jsonl": lines}, f"on{threads}", project=project_copy) == as_it_is
