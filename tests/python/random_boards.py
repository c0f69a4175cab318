"""Random leaderboards of all shapes and spellings, with the figures that they hold."""

import csv
import json
import random
import re

import duckdb

BENCHMARKS = {
    # name: unit, lowest and highest figure to draw, in percent or as it is
    "MMLU": ("percent", 30, 100),
    "GSM8K": ("percent", 0, 100),
    "HumanEval+": ("percent", 0, 100),
    "MMLU-Pro": ("fraction", 12, 100),
    "Arena Elo": ("elo", 700, 1600),
}
HEADERS = {
    "MMLU": ["MMLU", "mmlu", "MMLU(5-shot)", "MMLU - EM", "MMLU\n(5-shot)", "MMLU Raw"],
    "GSM8K": ["GSM8K", "gsm8k 8-shot", "GSM-8K", "gsm8k exact_match,strict-match"],
    "HumanEval+": ["HumanEval+", "HumanEval+ (pass@1)", "humaneval+", "HumanEval+ %"],
    "MMLU-Pro": ["MMLU-Pro", "MMLU_PRO", "MMLU-PRO (CoT)", "mmlu pro"],
    "Arena Elo": ["Arena Elo", "Arena-Elo", "arena elo"],
}
OTHERS = {
    "Average ⬆️": lambda draw: f"{draw.uniform(0, 100):.2f}",
    "Rank": lambda draw: str(draw.randint(1, 99)),
    "#Params (B)": lambda draw: str(draw.randint(1, 99)),
    "License": lambda draw: draw.choice(["mit", "apache-2.0"]),
    "votes": lambda draw: f"{draw.randint(1000, 99999):,}",
    "std_error": lambda draw: f"{draw.random():.3f}",
}
MISSING = ["", "-", "N/A", "nan", "—", " "]
NAMES = ["model", "Model", "fullname", "model_name", "Name", ""]
SHAPES = ["wide", "wide", "wide", "turned", "long", "records", "lines", "parquet"]
RUNS = ["lm_eval", "every_eval_ever"]
TASKS = {
    # what lm-evaluation-harness calls a benchmark, and metrics of which the first is taken
    "MMLU": ("mmlu", ["acc,none"]),
    "GSM8K": ("gsm8k", ["exact_match,strict-match", "exact_match,flexible-extract"]),
    "HellaSwag": ("hellaswag", ["acc_norm,none", "acc,none"]),
    "MMLU-Pro": ("leaderboard_mmlu_pro", ["acc,none"]),
}


def write_board(path, seed):
    """Write a seed's board beside `path`; returns its file and {(model, benchmark): figure}.

    Of a board of runs, with a file for each model, the glob of its files is returned.
    """
    draw = random.Random(seed)
    shape = draw.choice(SHAPES + RUNS)
    if shape in RUNS:
        return _write_runs(path, draw, shape, seed)
    separator = draw.choice([",", ";", "\t"])
    has_records = shape in ("records", "lines", "parquet")
    decimal = "." if has_records else draw.choice([".", ".", ","])
    models = [f"lab-{seed}/model-{number}-{draw.randint(1, 70)}b" for number in range(8)]
    benchmarks = draw.sample(list(BENCHMARKS), draw.randint(1 if shape == "wide" else 2, 5))
    columns, figures = {}, {}
    for benchmark in benchmarks:
        header = draw.choice(HEADERS[benchmark])
        columns[header] = texts = {}
        style = _style(draw, benchmark)
        for place, model in enumerate(models):
            if place and draw.random() < 0.15:
                texts[model] = draw.choice(MISSING)
            else:
                texts[model], figures[model, benchmark] = _figure(draw, benchmark, style, decimal)
    if shape == "long":
        lines = [
            [model, header, text, "x"]
            for header, texts in columns.items()
            for model, text in texts.items()
        ]
        draw.shuffle(lines)
        table = [["Model", "Task", "Score", "notes"], *lines]
        return _write(path.with_suffix(".csv"), table, separator), figures
    if shape == "turned":
        table = [["Benchmark", "Metric", *models]]
        table += [[header, "acc", *texts.values()] for header, texts in columns.items()]
        return _write(path.with_suffix(".csv"), table, separator), figures
    name = draw.choice(NAMES)
    others = draw.sample(list(OTHERS), draw.randint(0, 4))
    order = [*columns, *others]
    draw.shuffle(order)
    if name:
        order.insert(draw.randint(0, len(order)), name)
    else:
        order.insert(0, name)
    records = [
        {
            column: _decorated(draw, model)
            if column == name
            else columns[column][model]
            if column in columns
            else OTHERS[column](draw)
            for column in order
        }
        for model in models
    ]
    if has_records:
        records = [{key or "model": value for key, value in record.items()} for record in records]
        return _write_records(path, shape, records), figures
    table = [order, *(list(record.values()) for record in records)]
    if draw.random() < 0.2:
        table.insert(0, ["Leaderboard of May"])
    if draw.random() < 0.2:
        table.insert(4, order)
    return _write(path.with_suffix(".csv"), table, separator, draw.random() < 0.3), figures


def _write_records(path, shape, records):
    lines = [json.dumps(record) for record in records]
    if shape == "records":
        path = path.with_suffix(".json")
        path.write_text("[" + ",\n".join(lines) + "]", encoding="utf-8")
        return path
    path = path.with_suffix(".jsonl")
    path.write_text("\n".join(lines), encoding="utf-8")
    if shape == "lines":
        return path
    # Columns of plain numbers are of that type in Parquet.
    numbers = [
        f"nullif({name}, '')::double as {name}"
        for name in (f'"{column}"' for column in records[0])
        if all(re.fullmatch(r"(\d+\.?\d*)?", record[name[1:-1]]) for record in records)
    ]
    table = path.with_suffix(".parquet")
    duckdb.execute(
        f"copy (select * replace ({', '.join(numbers)}) from read_json('{path}')) to '{table}'"
        if numbers
        else f"copy (from read_json('{path}')) to '{table}'"
    )
    return table


def _write_runs(path, draw, shape, seed):
    path.mkdir()
    figures = {}
    names = list(TASKS if shape == "lm_eval" else HEADERS)
    for number in range(draw.randint(1, 4)):
        model = f"lab-{seed}/model-{number}-{draw.randint(1, 70)}b"
        benchmarks = draw.sample(names, draw.randint(1, len(names)))
        make = _lm_eval_run if shape == "lm_eval" else _every_eval_ever_run
        run, of_model = make(draw, model, benchmarks)
        figures |= {(model, benchmark): figure for benchmark, figure in of_model.items()}
        file = path / f"results_2026-0{number + 1}-01T00-00-00.json"
        file.write_text(json.dumps(run, indent=draw.choice([None, 2])), encoding="utf-8")
    return path / "*.json", figures


def _lm_eval_run(draw, model, benchmarks):
    results, figures = {}, {}
    for benchmark in benchmarks:
        task, metrics = TASKS[benchmark]
        shares = [round(draw.uniform(0.3, 1), draw.randint(2, 16)) for _ in metrics]
        figures[benchmark] = shares[0] if benchmark == "MMLU-Pro" else shares[0] * 100
        found = [("alias", f" - {task}"), *zip(metrics, shares, strict=True)]
        found += [(metrics[0].replace(",", "_stderr,"), 0.01)]
        draw.shuffle(found)
        results[task] = dict(found)
    arguments = draw.choice(
        [f"pretrained={model},dtype=auto", f"dtype=auto,pretrained={model}", {"pretrained": model}]
    )
    return {"results": results, "config": {"model_args": arguments}, "versions": {}}, figures


def _every_eval_ever_run(draw, model, benchmarks):
    evaluations, figures = [], {}
    for benchmark in benchmarks:
        unit, low, high = BENCHMARKS[benchmark]
        ceiling = 3000 if unit == "elo" else draw.choice([1, 100])
        score = round(draw.uniform(low, high) * (ceiling / 100 if ceiling < 3000 else 1), 4)
        figures[benchmark] = {
            "elo": score,
            "percent": score * 100 / ceiling,
            "fraction": score / ceiling,
        }[unit]
        evaluations.append(
            {
                "evaluation_name": draw.choice(HEADERS[benchmark]),
                "metric_config": {"lower_is_better": False, "min_score": 0, "max_score": ceiling},
                "score_details": {"score": score},
            }
        )
    evaluations.append({"evaluation_name": "Mean", "score_details": {"score": 0.5}})
    draw.shuffle(evaluations)
    run = {
        "schema_version": "0.1.0",
        "source_metadata": {"source_name": draw.choice(["one board", "another"])},
        "model_info": {"name": model.upper(), "id": model},
        "evaluation_results": evaluations,
    }
    return run, figures


def _style(draw, benchmark):
    if BENCHMARKS[benchmark][0] == "elo":
        return draw.choice(["whole", "thousands"])
    return draw.choice(["percent", "percent sign", "fraction"])


def _figure(draw, benchmark, style, decimal):
    """The text of a figure and the figure in its benchmark's unit."""
    unit, low, high = BENCHMARKS[benchmark]
    digits = draw.randint(0, 3)
    if unit == "elo":
        number = draw.randint(low, high)
        text = f"{number:,}" if style == "thousands" and decimal == "." else str(number)
        return _marked(draw, text), number
    if style == "fraction":
        text = f"{draw.uniform(max(low, 0.5), high) / 100:.{digits + 3}f}"
        figure = float(text) if unit == "fraction" else float(text) * 100
    else:
        # A plain percent of at most 1 could be a fraction.
        lowest = low if style == "percent sign" else max(low, 2)
        text = f"{draw.uniform(lowest, high):.{digits}f}"
        figure = float(text) / 100 if unit == "fraction" else float(text)
    text = text.replace(".", decimal)
    if style == "percent sign":
        text += draw.choice(["%", " %"])
    return _marked(draw, text), figure


def _marked(draw, text):
    return draw.choice([text] * 8 + [f" {text} ", f"{text}*", f"{text} ± 1.1", f"**{text}**"])


def _decorated(draw, model):
    return draw.choice(
        [model] * 4
        + [
            f'<a target="_blank" href="https://example.org/{model}">{model}</a> <a href="x">📑</a>',
            f"[{model}](https://example.org/{model})",
            f"🔥 {model}",
            f"  {model} ",
            f"**{model}**",
        ]
    )


def _write(path, table, separator, has_mark=False):
    with open(path, "w", encoding="utf-8-sig" if has_mark else "utf-8", newline="") as file:
        csv.writer(file, delimiter=separator).writerows(table)
    return path
