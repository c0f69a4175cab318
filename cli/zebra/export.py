"""One export: the file or folder that comes of a selection."""

import contextlib
import json
from pathlib import Path

from zebra.card import card, manifest
from zebra.checks import faults_named, guarded, refuse_pairs
from zebra.errors import DataError
from zebra.files import (
    MANIFEST,
    scratch_folder,
    whole_file,
    whole_folder,
    write_json_lines,
    write_rows,
)
from zebra.ranges import is_plain, ranges_of, slice_of, write_ranges

SHARD_ROWS = 100_000


def count_rows(database, selection):
    """Number of rows that an export of the selection has."""
    sql = f"select count(*) from ({selection.query}\n)"
    return database.rows(sql, blame=selection.blame)[0][0]


def export_file(database, selection, path, kind, *, advance=None):
    """Write a selection to one file; `kind` is an ending of files.KINDS. Returns its rows."""
    with whole_file(path) as part, faults_named(database, selection):
        with _queries(database, selection, path, advance=advance) as ([query], tell):
            return _write(database, selection, query, part, kind, tell)


def export_stream(database, selection, stream):
    """Write a selection to a binary stream as JSON lines. Returns its rows."""
    refuse_pairs(database, selection)
    return sum(
        write_json_lines(database, part.query, stream, blame=selection.blame)[0]
        for part in ranges_of(database, selection)
    )


@contextlib.contextmanager
def _queries(database, selection, path, *, most=None, advance=None):
    """SQL of what is to be written, in order, each of at most `most` rows, and whom to tell of it.

    What large selections are made of lies in a hidden folder beside `path` meanwhile.
    """
    ranges = ranges_of(database, selection)
    if len(ranges) == 1 and most is None:
        yield [guarded(selection)], advance
        return
    if not is_plain(selection):
        total = count_rows(database, selection)
        queries = [
            f"{guarded(selection)} limit {most} offset {first}" for first in range(0, total, most)
        ]
        yield queries, advance
        return
    with scratch_folder(path) as folder:
        files = write_ranges(database, ranges, folder, advance)
        total = sum(rows for _, rows in files)
        most = most or total
        # With more threads DuckDB holds what each of them has read until its turn comes.
        with database.setting("threads", 1):
            queries = [slice_of(files, first, most) for first in range(0, total, most)]
            # The rows have been told of.
            yield queries, advance and (lambda _, size: advance(0, size))


def _write(database, selection, query, path, kind, advance):
    return write_rows(
        database,
        query,
        path,
        kind,
        is_finite=selection.layout.is_for_trainers,
        blame=selection.blame,
        advance=advance,
    )


def parts_of(database, selection):
    """The configs and splits that a folder gets: (config, split, selection of that part, rows).

    Parts without rows are left out, for no reader opens an empty split.
    """
    columns = selection.relation.columns
    named = [name for name in ("strategy", "split") if name in columns]
    found = [()]
    if named:
        order = ["split desc" if name == "split" else name for name in named]
        found = database.rows(
            f"select distinct {', '.join(named)} from ({selection.source}) "
            f"order by {', '.join(order)}",
            blame=selection.blame,
        )
    parts = []
    for values in found:
        of = dict(zip(named, values, strict=True))
        part = selection.only(of)
        rows = count_rows(database, part)
        split = of.get("split", "train") or "none"
        config = of.get("strategy") or selection.relation.name
        if rows:
            parts.append((config, selection.layout.splits.get(split, split), part, rows))
    wanted = list(selection.strategies)
    return sorted(parts, key=lambda part: wanted.index(part[0])) if wanted else parts


def export_folder(database, selection, path, kind, *, shard_rows, license, command, advance=None):
    """Write a selection to a folder: a file or more per config and split, card and manifest.

    shard_rows: most rows of one file. Returns (files, rows).
    """
    found = parts_of(database, selection)
    if not found:
        raise DataError("There is nothing to export: no row is selected, and no reader opens that")
    if selection.layout.name == "llamafactory":
        # An entry of its dataset_info.json names one file.
        shard_rows = max(rows for *_, rows in found)
    parts = {}
    with whole_folder(path) as folder:
        for config, split, part, rows in found:
            (folder / config).mkdir(exist_ok=True)
            most = shard_rows if rows > shard_rows else None
            with (
                faults_named(database, part),
                _queries(database, part, folder / config, most=most, advance=advance) as (
                    queries,
                    tell,
                ),
            ):
                for shard, query in enumerate(queries):
                    file = f"{config}/{split}-{shard:05}-of-{len(queries):05}{kind}"
                    written = _write(database, part, query, folder / file, kind, tell)
                    parts.setdefault(config, {}).setdefault(split, []).append((file, written))
        name = Path(path).name
        text = card(database, selection, parts, name=name, license=license, command=command)
        (folder / "README.md").write_text(text, encoding="utf-8")
        (folder / MANIFEST).parent.mkdir()
        (folder / MANIFEST).write_text(manifest(folder, parts, command=command), encoding="utf-8")
        if selection.layout.name == "llamafactory":
            entries = {
                f"{config}_{split}": dataset_info(files[0][0])
                for config, splits in parts.items()
                for split, files in splits.items()
            }
            text = json.dumps(entries, indent=2) + "\n"
            (folder / "dataset_info.json").write_text(text, encoding="utf-8")
    files = [file for splits in parts.values() for listed in splits.values() for file in listed]
    return len(files), sum(rows for _, rows in files)


def dataset_info(file_name):
    """LLaMA-Factory's entry for a file of format llamafactory."""
    return {
        "file_name": file_name,
        "ranking": True,
        "formatting": "sharegpt",
        "columns": {"messages": "conversations", "chosen": "chosen", "rejected": "rejected"},
    }
