"""A wide leaderboard table into rows of the two benchmark seeds."""

import csv
import io
import re
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from zebra.errors import DataError, UsageError
from zebra.files import whole_file

MISSING = {"", "-", "–", "—", "n/a", "na", "nan", "none", "null", "?"}
# A benchmark that the seeds do not know: what cannot be seen in a table is left to the user.
NEW_BENCHMARK = {
    "capability": "other",
    "metric": "score",
    "chance": "0",
    "higher_is_better": "true",
    "weight": "1",
}


@dataclass
class Leaderboard:
    """What a table says: `figures` maps (model, benchmark) to the text and the number of a score.

    models_in: "rows" or "columns"; reason: why it was read that way; missing: empty cells.
    """

    models_in: str
    reason: str
    figures: dict = field(default_factory=dict)
    missing: int = 0


@dataclass
class Change:
    """What a leaderboard would change in the seeds; rows are dicts by column name."""

    scores: list
    benchmarks: list
    new_models: list
    known_models: list
    new_benchmarks: dict
    known_benchmarks: dict
    added: list
    changed: list
    unchanged: int


def key(name):
    """What spellings of a name have in common, as macro name_key has it."""
    return name.strip().lower()


def read_seed(project, name):
    """Rows of a seed, as dicts of texts."""
    path = Path(project) / "seeds" / f"{name}.csv"
    if not path.is_file():
        raise UsageError(f"There is no {path}: name the project's folder with --project")
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_table(path, sheet=None):
    """Cells of a CSV or XLSX file as a list of lists of texts, the header first."""
    import pandas

    if not path.is_file():
        raise UsageError(f"There is no file {path}: name a table")
    options = {"header": None, "dtype": str, "keep_default_na": False}
    try:
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            table = pandas.read_excel(path, sheet_name=sheet or 0, **options)
        elif path.suffix.lower() in (".csv", ".tsv"):
            separator = "\t" if path.suffix.lower() == ".tsv" else ","
            table = pandas.read_csv(path, sep=separator, encoding="utf-8-sig", **options)
        else:
            raise UsageError(
                f"{path} is neither .csv, .tsv nor .xlsx: save the table as one of them"
            )
    except (OSError, ValueError, pandas.errors.ParserError) as error:
        raise DataError(f"{path} cannot be read as a table: {str(error).splitlines()[0]}") from None
    cells = [[str(cell).strip() for cell in row] for row in table.fillna("").values.tolist()]
    cells = [row for row in cells if any(row)]
    if len(cells) < 2 or len(cells[0]) < 2:
        raise DataError(f"{path} holds no table: it needs a row and a column of names and a score")
    return cells


def understand(cells, known_models, known_benchmarks):
    """Tell models from benchmarks and collect the figures, as a `Leaderboard`.

    known_models, known_benchmarks: sets of keys of names.
    """
    down = [row[0] for row in cells[1:]]
    across = cells[0][1:]

    def known(names, among):
        return sum(key(name) in among for name in names)

    for_rows = known(down, known_models) + known(across, known_benchmarks)
    for_columns = known(across, known_models) + known(down, known_benchmarks)
    if for_columns > for_rows:
        board = Leaderboard("columns", f"{for_columns} names of the seeds stand so")
    elif for_rows:
        board = Leaderboard("rows", f"{for_rows} names of the seeds stand so")
    else:
        board = Leaderboard("rows", "no name is known, and the first column is taken for models")
    for row in cells[1:]:
        for benchmark, text in zip(across, row[1:]):
            model = row[0]
            if board.models_in == "columns":
                model, benchmark = benchmark, model
            if not model or not benchmark:
                continue
            if text.lower() in MISSING:
                board.missing += 1
                continue
            number = number_of(text)
            if number is None:
                raise DataError(
                    f'The score "{text}" of {model} on {benchmark} is no number: '
                    "mend it, or leave the cell empty"
                )
            if (model, benchmark) in board.figures:
                raise DataError(f"{model} stands in the table twice: leave one of them")
            board.figures[model, benchmark] = (text, number)
    return board


def number_of(text):
    """The number a cell shows, None when it shows none; a % sign does not change it."""
    plain = text.removesuffix("%").strip()
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", plain):
        plain = plain.replace(",", "")
    return float(plain) if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)", plain) else None


def unit_of(benchmark, figures, known=None):
    """percent, fraction or points, by the range of a benchmark's figures.

    figures: list of (model, text, number). known: the unit that the seeds give, which stays.
    Raises DataError where figures of two units stand together.
    """
    numbers = [number for _, _, number in figures]
    signed = any("%" in text for _, text, _ in figures)
    unit = known or (
        "percent"
        if signed or 1 < max(numbers) <= 100
        else "fraction"
        if max(numbers) <= 1
        else "points"
    )
    strays = [
        f"{text} of {model}"
        for model, text, number in figures
        if (unit == "percent" and 0 < number <= 1 and "%" not in text)
        or (unit == "fraction" and number > 1 and "%" not in text)
    ]
    if strays:
        other = "fractions" if unit == "percent" else "percents"
        raise DataError(
            f"{benchmark} is in {unit}, but {', '.join(strays[:3])} look like {other}: "
            "write all of its figures in one unit"
        )
    return unit


def plan(board, scores, benchmarks, aliases, other_names, source):
    """Compare a leaderboard with the seeds, as a `Change`. Rows keep their order.

    aliases: of models. other_names: of benchmarks.
    """
    spellings = {key(row["alias"]): row["model"].strip() for row in aliases}
    spellings.update({key(row["model"]): row["model"].strip() for row in scores})
    metadata = {key(row["benchmark"]): row for row in benchmarks}
    for row in other_names:
        if key(row["benchmark"]) in metadata:
            metadata.setdefault(key(row["alias"]), metadata[key(row["benchmark"])])
    named = {}
    for (model, name), figure in board.figures.items():
        model = spellings.get(key(model), model)
        benchmark = metadata.get(key(name), {"benchmark": name})["benchmark"]
        if (model, benchmark) in named:
            raise DataError(
                f"{model} has two figures on {benchmark}, under two spellings: leave one of them"
            )
        named[model, benchmark] = figure
    _refuse_copies(named)

    by_benchmark = defaultdict(list)
    for (model, benchmark), (text, number) in named.items():
        by_benchmark[benchmark].append((model, text, number))
    units, new_rows = {}, []
    for benchmark, figures in by_benchmark.items():
        known = metadata.get(key(benchmark))
        units[benchmark] = unit_of(benchmark, figures, known["unit"] if known else None)
        ceiling = {"percent": 100, "fraction": 1}.get(units[benchmark])
        if known and units[benchmark] == "points":
            ceiling = float(known["ceiling"])
        for model, text, number in figures:
            if number < 0 or (ceiling and number > (100 if "%" in text else ceiling)):
                above = f"outside [0, {ceiling:g}], in {units[benchmark]}" if ceiling else "under 0"
                raise DataError(f"The score {text} of {model} on {benchmark} is {above}: mend it")
        if not known:
            highest = ceiling or max(number for _, _, number in figures)
            row = {"benchmark": benchmark, "unit": units[benchmark], "ceiling": f"{highest:g}"}
            new_rows.append(row | NEW_BENCHMARK)

    rows, added, changed, unchanged = [dict(row) for row in scores], [], [], 0
    positions = {
        (key(row["model"]), key(row["benchmark"])): place for place, row in enumerate(rows)
    }
    for (model, benchmark), (text, number) in named.items():
        # Without its sign a percent of at most 1 would look like a fraction.
        if units[benchmark] == "percent" and number > 1:
            text = text.removesuffix("%").strip()
        text = text.replace(",", "")
        place = positions.get((key(model), key(benchmark)))
        if place is None:
            rows.append({"model": model, "benchmark": benchmark, "score": text, "source": source})
            added.append((model, benchmark, text))
        elif number_of(rows[place]["score"]) != number:
            changed.append((model, benchmark, rows[place]["score"], text))
            rows[place] |= {"score": text, "source": source}
        else:
            unchanged += 1

    known_keys = {key(row["model"]) for row in scores}
    models = sorted({model for model, _ in named}, key=key)
    return Change(
        scores=rows,
        benchmarks=[*benchmarks, *new_rows],
        new_models=[model for model in models if key(model) not in known_keys],
        known_models=[model for model in models if key(model) in known_keys],
        new_benchmarks={row["benchmark"]: row["unit"] for row in new_rows},
        known_benchmarks={name: unit for name, unit in units.items() if key(name) in metadata},
        added=added,
        changed=changed,
        unchanged=unchanged,
    )


def _refuse_copies(figures):
    rows = defaultdict(dict)
    for (model, benchmark), (_, number) in figures.items():
        rows[model][benchmark] = number
    seen = {}
    for model, scores in rows.items():
        same = seen.setdefault(tuple(sorted(scores.items())), model)
        if same != model and len(scores) > 1:
            raise DataError(
                f"{same} and {model} have the same figures on all {len(scores)} benchmarks: "
                "leave one out and make its name an alias of the other"
            )


def write_seed(project, name, rows, columns):
    """Write a seed whole, in the layout that the shipped ones have."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    with whole_file((Path(project) / "seeds" / f"{name}.csv").resolve()) as part:
        part.write_bytes(text.getvalue().encode("utf-8"))
