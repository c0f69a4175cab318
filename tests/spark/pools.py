"""Pools of every shape that Spark reads, with what makes decisions hard, and records that are odd.

The same bytes every time: what is drawn is drawn by a hash.
"""

import csv
import hashlib
import json

MODELS = (
    "gpt-4 gpt-3.5-turbo bard llama-2-70b-chat vicuna-33b wizardlm-13b ultralm-13b alpaca-7b"
    " pythia-12b falcon-40b-instruct"
).split()
WORDS = [*"the fork spoon came first Paris is not 42 Straße ΟΔΟΣ naïve I'm sorry é".split(), "\\"]
WORDS += ['"so"', "\u00a0"]


def drawn(number, *of):
    return int(hashlib.md5("|".join(map(str, of)).encode()).hexdigest()[:8], 16) % number


def text(*of):
    return " ".join(WORDS[drawn(len(WORDS), *of, n)] for n in range(3 + drawn(9, *of)))


def answers(pool, prompt):
    """What models answer, some of them the same as another or nothing, one of them twice."""
    for n in range(2 + drawn(4, pool, prompt)):
        model = MODELS[drawn(len(MODELS), pool, prompt, n)]
        response = text(pool, prompt, n // 2 if drawn(4, pool, prompt, n) == 0 else n, "response")
        if drawn(30, pool, prompt, n) == 0:
            response = " \n"
        score = None if drawn(3, pool, prompt, n) == 0 else drawn(10, pool, prompt, n, "score") / 2
        yield model, response, score


def records(pool, shape, n_prompts):
    for number in range(n_prompts):
        prompt = f"{text(pool, number, 'prompt')} {number // 2 if shape == 'flat' else number}"
        found = list(answers(pool, number))
        if shape in ("flat", "conversation"):
            for model, response, score in found:
                row = {"model": model, "response": response, "score": score, "source": pool}
                if shape == "flat":
                    yield {"prompt": prompt, **row}
                else:
                    turns = [("user", "Hello."), ("assistant", "Yes?"), ("user", prompt)]
                    messages = [{"role": role, "content": content} for role, content in turns]
                    yield {"messages": messages[2 * drawn(2, pool, number) :], **row}
        elif shape == "ultrafeedback":
            yield {
                "instruction": prompt,
                "source": pool,
                "completions": [
                    {"model": model, "response": response, "overall_score": score}
                    for model, response, score in found
                ],
            }
        else:
            models, responses, scores = zip(*found)
            yield {
                "prompt": prompt,
                "generation_models": models,
                "generations": responses,
                "ratings": [str(score) for score in scores],
            }


def write_pools(folder):
    """Ten files: the four shapes as JSONL and as Parquet, one that is CSV, one that is gzipped."""
    import duckdb

    folder.mkdir()
    shapes = ["flat", "conversation", "ultrafeedback", "parallel"]
    for number, shape in enumerate(shapes * 2 + ["flat", "flat"]):
        pool = f"pool-{number}"
        path = folder / f"{pool}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            for record in records(pool, shape, 40):
                file.write(json.dumps(record, ensure_ascii=bool(number % 2)) + "\n")
        read = f"from read_json('{path}', format = 'newline_delimited')"
        if 4 <= number < 8:
            duckdb.sql(f"copy (select * {read}) to '{folder / pool}.parquet'")
            path.unlink()
        elif number == 8:
            rows = list(records(pool, shape, 40))
            with (folder / f"{pool}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
            path.unlink()
        elif number == 9:
            import gzip

            with gzip.open(f"{path}.gz", "wb") as file:
                file.write(path.read_bytes())
            path.unlink()


ODD_RECORDS = [
    '{"prompt": "once", "prompt": "twice", "model": "gpt-4", "response": "a key twice"}',
    "",
    "   ",
    "[1, 2]",
    "null",
    '"text"',
    "17",
    '{"prompt": "p", "model": "gpt-4", "response": "text after"} more',
    '{"prompt": "p", "model": "gpt-4", "response": "two"} {"prompt": "p"}',
    "{'prompt': 'p', 'model': 'gpt-4', 'response': 'single quotes'}",
    '{"prompt": "p", "model": "gpt-4", "response": "no end"',
    '{"prompt": "half \\ud800", "model": "gpt-4", "response": "a lone surrogate"}',
    '{"prompt": "whole \\ud83d\\ude00", "model": "gpt-4", "response": "a pair of them"}',
    '{"prompt": "p", "model": "gpt-4", "response": "a tab\there"}',
    '{"prompt": "final ΟΔΟΣ", "model": "gpt-4", "response": "İstanbul ΟΔΟΣ"}',
    '{"prompt": "FINAL οδοσ", "model": "bard", "response": "istanbul οδοσ"}',
    '{"prompt": "list", "model": "gpt-4", "response": ["a", "b"]}',
    '{"prompt": "list of one", "model": "gpt-4", "response": ["a"]}',
    '{"prompt": "object", "model": "gpt-4", "response": {"other": "b"}}',
    '{"prompt": "content", "model": "gpt-4", "response": {"content": "b"}}',
    '{"prompt": "parts", "model": "gpt-4", "response": [{"type": "text", "text": "b"}, "c"]}',
    '{"prompt": "image", "model": "gpt-4", "response": [{"type": "image", "url": "b"}]}',
    '{"prompt": ["listed"], "model": "gpt-4", "response": "r"}',
    '{"prompt": "true", "model": "gpt-4", "response": true}',
    '{"prompt": "number", "model": "gpt-4", "response": 42}',
    '{"prompt": "null", "model": "gpt-4", "response": null}',
    '{"prompt": null, "model": "gpt-4", "response": "r"}',
    '{"model": "gpt-4", "response": "no prompt"}',
    '{"prompt": "JSON as text", "model": "gpt-4", "response": "[1, 2]"}',
    '{"prompt": "JSON as text", "model": "bard", "response": "{\\"content\\": \\"c\\"}"}',
    '{"prompt": "blank", "model": "gpt-4", "response": " \\u3000\\n"}',
    '{"prompt": "back\\\\slash \'s", "model": "gpt-4", "response": "\\\\n \\\\ \' \\" "}',
    '{"Prompt": "case", "MODEL": "gpt-4", "response": "keys in another case"}',
    *(
        f'{{"prompt": "scores", "model": "{model}", "response": "{model}", "score": {score}}}'
        for model, score in [
            ("gpt-4", '"1d"'),
            ("bard", '"1f"'),
            ("vicuna-33b", '"1_000"'),
            ("alpaca-7b", '"7/10"'),
            ("pythia-12b", '" 5 "'),
            ("llama-2-70b-chat", "1e400"),
            ("gpt-3.5-turbo", "true"),
            ("wizardlm-13b", '"Infinity"'),
            ("ultralm-13b", '"0x10"'),
            ("falcon-40b-instruct", "-2.50"),
        ]
    ),
]


def write_odd_records(path):
    path.write_text("\n".join(ODD_RECORDS) + "\n", encoding="utf-8")
