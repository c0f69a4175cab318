"""Real consumers read the exports as they are: datasets and TRL's trainers, on a tiny model.

Nothing is downloaded: the model is random, the tokenizer is trained on the exported texts. Run by
`make test-trainers`, in an environment of its own.
"""

import inspect
import json
import math
import os
import subprocess
import sys

import pytest

os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}

datasets = pytest.importorskip("datasets")
trl = pytest.importorskip("trl")

FORMATS = [
    "trl",
    "trl-implicit",
    "text",
    "kto",
    "sft",
    "h4",
    "llamafactory",
    "openai",
    "ultrafeedback",
    "rows",
]


@pytest.fixture(scope="session")
def export(dbt_build, tmp_path_factory):
    """Export with arguments of `zebra export`; returns the path written."""
    database = dbt_build(vars={"test_fraction": 0.3}, name="trainers").database
    folder = tmp_path_factory.mktemp("exports")

    def run(name, *arguments, relation="preferences_contrast"):
        path = folder / name
        if not path.exists():
            subprocess.run(
                [
                    *[sys.executable, "-m", "zebra", "--database", str(database)],
                    *["export", relation, "-o", str(path), "--quiet", *arguments],
                ],
                check=True,
            )
        return path

    return run


@pytest.fixture(scope="session")
def model_folder(export, tmp_path_factory):
    """A Llama of two small layers and a tokenizer with a chat template, saved to a folder."""
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    lines = export("texts.jsonl", "--format", "text").read_text(encoding="utf-8").splitlines()
    texts = [row[key] for row in map(json.loads, lines) for key in ("prompt", "chosen", "rejected")]
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    special = ["<unk>", "<s>", "</s>", "<pad>", "<|user|>", "<|assistant|>", "<|system|>"]
    tokenizer.train_from_iterator(
        texts,
        trainers.BpeTrainer(
            vocab_size=600,
            special_tokens=special,
            initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
        ),
    )
    fast = PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        unk_token="<unk>",
        bos_token="<s>",
        eos_token="</s>",
        pad_token="<pad>",
    )
    fast.chat_template = (
        "{% for message in messages %}<|{{ message.role }}|>{{ message.content }}</s>{% endfor %}"
        "{% if add_generation_prompt %}<|assistant|>{% endif %}"
    )
    config = LlamaConfig(
        vocab_size=len(fast),
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=2,
        num_key_value_heads=2,
        max_position_embeddings=512,
        pad_token_id=fast.pad_token_id,
        bos_token_id=fast.bos_token_id,
        eos_token_id=fast.eos_token_id,
    )
    folder = tmp_path_factory.mktemp("model")
    LlamaForCausalLM(config).save_pretrained(folder)
    fast.save_pretrained(folder)
    return folder


def read(path):
    return datasets.load_dataset("json", data_files=str(path), split="train")


def settings(config, folder, **more):
    wanted = {
        "output_dir": str(folder),
        "max_steps": 2,
        "per_device_train_batch_size": 2,
        "learning_rate": 1e-3,
        "logging_steps": 1,
        "report_to": [],
        "save_strategy": "no",
        "use_cpu": True,
        "bf16": False,
        "gradient_checkpointing": False,
        "max_length": 256,
        **more,
    }
    known = inspect.signature(config.__init__).parameters
    return config(**{name: value for name, value in wanted.items() if name in known})


def losses(trainer):
    trainer.train()
    found = [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]
    assert len(found) == 2 and all(math.isfinite(loss) for loss in found)
    return found


@pytest.fixture
def model(model_folder):
    from transformers import AutoModelForCausalLM, AutoTokenizer

    loaded = AutoModelForCausalLM.from_pretrained(model_folder)
    return loaded, AutoTokenizer.from_pretrained(model_folder)


@pytest.mark.parametrize("layout", FORMATS)
def test_datasets_reads_every_format(export, layout):
    for kind in ("jsonl", "parquet"):
        path = export(f"{layout}.{kind}", "--format", layout)
        rows = datasets.load_dataset(
            "json" if kind == "jsonl" else "parquet", data_files=str(path), split="train"
        )
        assert len(rows) > 20


@pytest.mark.parametrize("file_type", ["parquet", "jsonl"])
@pytest.mark.parametrize("layout", FORMATS)
def test_datasets_opens_the_folder(export, layout, file_type):
    folder = export(
        f"folder-{layout}-{file_type}",
        *["--format", layout, "--file-type", file_type, "--shard-rows", "15"],
        *["--strategy", "trusted", "--strategy", "contrast"],
        relation="preferences",
    )
    assert datasets.get_dataset_config_names(str(folder)) == ["trusted", "contrast"]
    opened = datasets.load_dataset(str(folder), "contrast")
    assert list(opened) == (["train_prefs", "test_prefs"] if layout == "h4" else ["train", "test"])
    default = datasets.load_dataset(str(folder))
    listed = json.loads((folder / ".zebra" / "manifest.json").read_text())["files"]
    rows = sum(file["rows"] for file in listed if file["config"] == "trusted")
    assert sum(len(split) for split in default.values()) == rows


def train(trainer_class, config, rows, model, folder):
    """Take two steps and return the losses."""
    loaded, tokenizer = model
    trainer = trainer_class(
        model=loaded,
        args=settings(config, folder),
        train_dataset=rows,
        processing_class=tokenizer,
    )
    assert len(trainer.train_dataset) == len(rows)
    return losses(trainer)


def test_dpo_on_a_folder_as_it_is(export, model, tmp_path):
    folder = export("data", "--format", "trl", relation="preferences_trusted")
    rows = datasets.load_dataset(str(folder), split="train")
    train(trl.DPOTrainer, trl.DPOConfig, rows, model, tmp_path)


def test_types_that_datasets_cannot_read_do_not_leave(tmp_path):
    import duckdb

    database = tmp_path / "types.duckdb"
    with duckdb.connect(str(database)) as connection:
        connection.execute(
            "create table t as select 1::hugeint as huge, uuid() as id, map {'k': 1} as m, "
            "'{\"a\": 1}'::json as j, null as n, [1::hugeint] as list, {'u': uuid()} as s, "
            "interval 1 day as i, '101'::bit as bits, 1.10::decimal(9, 2) as d, now() as at, "
            "union_value(x := 1) as u, 'a'::enum ('a', 'b') as e"
        )
    command = [sys.executable, "-m", "zebra", "export", "t", "--database", str(database), "-o"]
    for name, *flags in (("parquet",), ("jsonl", "--file-type", "jsonl")):
        subprocess.run([*command, str(tmp_path / name), "--quiet", *flags], check=True)
        (row,) = datasets.load_dataset(str(tmp_path / name), split="train")
        assert (row["huge"], row["list"], row["n"]) == (1, [1], None)
        assert isinstance(row["id"], str) and isinstance(row["s"]["u"], str)


@pytest.mark.parametrize("layout", ["trl", "text"])
def test_dpo(export, model, tmp_path, layout):
    rows = read(export(f"{layout}.jsonl", "--format", layout))
    train(trl.DPOTrainer, trl.DPOConfig, rows, model, tmp_path)


@pytest.mark.parametrize("margin", [False, True])
def test_reward_model(export, model_folder, tmp_path, margin):
    from transformers import AutoModelForSequenceClassification, AutoTokenizer

    flags = ["--margin"] if margin else []
    rows = read(export(f"reward-{margin}.jsonl", "--format", "trl-implicit", *flags))
    assert ("margin" in rows.column_names) == margin
    scorer = AutoModelForSequenceClassification.from_pretrained(model_folder, num_labels=1)
    model = (scorer, AutoTokenizer.from_pretrained(model_folder))
    train(trl.RewardTrainer, trl.RewardConfig, rows, model, tmp_path)


def test_kto(export, model, tmp_path):
    if hasattr(trl, "KTOTrainer"):
        config, trainer_class = trl.KTOConfig, trl.KTOTrainer
    else:
        from trl.experimental.kto import KTOConfig as config
        from trl.experimental.kto import KTOTrainer as trainer_class
    rows = read(export("kto.jsonl", "--format", "kto"))
    train(trainer_class, config, rows, model, tmp_path)


def test_sft(export, model, tmp_path):
    rows = read(export("sft.jsonl", "--format", "sft"))
    train(trl.SFTTrainer, trl.SFTConfig, rows, model, tmp_path)


def test_h4_trains_once_its_columns_are_selected(export, model, tmp_path):
    rows = read(export("h4.jsonl", "--format", "h4")).select_columns(["chosen", "rejected"])
    train(trl.DPOTrainer, trl.DPOConfig, rows, model, tmp_path)
