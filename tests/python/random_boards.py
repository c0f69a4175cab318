"""Random leaderboards of all shapes and spellings, with the figures that they hold."""

import csv
import json
import random

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
SHAPES = ["wide", "wide", "wide", "turned", "long", "records", "lines"]


def write_board(path, seed):
    """Write a seed's board beside `path`; returns its file and {(model, benchmark): figure}."""
    draw = random.Random(seed)
    shape = draw.choice(SHAPES)
    separator = draw.choice([",", ";", "\t"])
    decimal = "." if shape in ("records", "lines") else draw.choice([".", ".", ","])
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
        table = [["Model", "Task", "Score", "notes"]]
        table += [
            [model, header, text, "x"]
            for header, texts in columns.items()
            for model, text in texts.items()
        ]
        draw.shuffle(table[1:])
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
    if shape in ("records", "lines"):
        records = [{key or "model": value for key, value in record.items()} for record in records]
        path = path.with_suffix(".json" if shape == "records" else ".jsonl")
        lines = [json.dumps(record) for record in records]
        text = "[" + ",\n".join(lines) + "]" if shape == "records" else "\n".join(lines)
        path.write_text(text, encoding="utf-8")
        return path, figures
    table = [order, *(list(record.values()) for record in records)]
    if draw.random() < 0.2:
        table.insert(0, ["Leaderboard of May"])
    if draw.random() < 0.2:
        table.insert(4, order)
    return _write(path.with_suffix(".csv"), table, separator, draw.random() < 0.3), figures


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
