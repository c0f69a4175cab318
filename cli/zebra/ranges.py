"""Large exports, made of ranges of their order.

DuckDB's sort carries the texts, and in the end runs out of memory for them. So the rows are put
in order without texts and cut into ranges whose texts are bounded; each range is sorted by itself
into a Parquet file, and what is exported is read from these files, one after the other. JSON lines
are written range by range, and need no second pass.
"""

import shutil
from dataclasses import replace

from zebra.checks import guarded
from zebra.database import literal
from zebra.survey import size_of

# Bytes that joining, sorting and writing take beside the texts.
_BESIDE_TEXTS = 500_000_000
# By this optimizer all responses would be held at once, because a range's SQL has them twice.
_TWICE = "common_subplan"


def ranges_of(database, selection, survey):
    """Selections which, one after the other, are the selection; itself alone where it is small.

    survey: the selection's.
    """
    if not selection.is_cuttable:
        return [selection]
    limit = database.memory_limit
    budget = max(limit - _BESIDE_TEXTS, limit // 2)
    if survey.total("size") <= budget or survey.total("unplaced"):
        return [selection]
    first, second, *_ = selection.order_columns
    part, key = (first, second) if first == "strategy" else ("''", first)
    n_orders = len(survey.strategies) if first == "strategy" else 1
    # A layout that looks at all pairs of a prompt must have them in one range.
    if selection.layout.compares_pairs and (key != "prompt_id" or n_orders > 1):
        return [selection]
    size = size_of(selection.relation.columns)
    starts = database.rows(
        f"""
        with

        sizes as (

            select {part} as part, {key} as key, sum({size}) as size
            from ({selection.source})
            group by all

        ),

        places as (

            select
                part,
                key,
                (sum(size) over (partition by part order by key) - size) // {budget} as range,
            from sizes

        )

        select part, min(key) from places group by part, range order by part, range
        """
    )
    ranges = []
    for (of, start), (next_of, end) in zip(starts, [*starts[1:], (None, None)], strict=True):
        conditions = [f"{part} = {literal(of)}", f"{key} >= {_value(start)}"]
        conditions += [f"{key} < {_value(end)}"] if next_of == of else []
        ranges.append(replace(selection, between=" and ".join(conditions)))
    return ranges


def write_lines(database, ranges, folder, path, advance=None):
    """Write ranges as JSON lines, which follow one another as they are. Returns the rows.

    folder: where each of them lies meanwhile.
    """
    total = 0
    part = folder / "range.jsonl"
    with open(path, "wb") as stream, database.setting("disabled_optimizers", _TWICE):
        for selection in ranges:
            rows = database.copy(guarded(selection), f"to {literal(str(part))} (format json)", part)
            total += rows
            if advance:
                advance(rows, part.stat().st_size)
            with open(part, "rb") as lines:
                shutil.copyfileobj(lines, stream, 1 << 20)
            part.unlink()
    return total


def write_ranges(database, ranges, folder, advance=None):
    """Write each range to a Parquet file in a folder: a list of pairs of path and row count."""
    files = []
    with database.setting("disabled_optimizers", _TWICE):
        for number, selection in enumerate(ranges):
            path = folder / f"{number:06}.parquet"
            to = f"to {literal(str(path))} (format parquet, row_group_size 2048)"
            rows = database.copy(guarded(selection), to, path)
            if advance:
                advance(rows, 0)
            files.append((path, rows))
    return files


def slice_of(files, first, count):
    """SQL of `count` rows that write_ranges wrote, in their order; `first` counts from 0."""
    while first >= files[0][1]:
        first -= files[0][1]
        files = files[1:]
    held = 0
    paths = []
    for path, rows in files:
        if held < first + count:
            paths.append(literal(str(path)))
        held += rows
    return f"select * from read_parquet([{', '.join(paths)}]) limit {count} offset {first}"


def _value(key):
    return literal(key) if isinstance(key, str) else str(key)
