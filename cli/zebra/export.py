"""One export: the file or folder that comes of a selection."""

import contextlib
import json
from dataclasses import dataclass
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
from zebra.layouts import Selection
from zebra.ranges import ranges_of, slice_of, write_lines, write_ranges
from zebra.survey import Survey

SHARD_ROWS = 100_000


@dataclass(frozen=True)
class Piece:
    """What a folder has of one config and one split; survey: its selection's."""

    config: str
    split: str
    selection: Selection
    survey: Survey
    rows: int


def count_rows(database, selection, survey):
    """Number of rows that an export of the selection has; `survey` is its own."""
    if not selection.layout.compares_pairs:
        # Each pair is a row.
        return survey.total("rows")
    sql = f"select count(*) from ({selection.query}\n)"
    return database.rows(sql, blame=selection.blame)[0][0]


def export_file(database, selection, survey, path, kind, *, advance=None):
    """Write a selection to one file. Returns its rows.

    survey: the selection's. kind: an ending of files.KINDS.
    """
    with whole_file(path) as part, faults_named(database, selection):
        ranges = ranges_of(database, selection, survey)
        if len(ranges) > 1 and kind == ".jsonl" and selection.layout.is_for_trainers:
            with scratch_folder(path) as folder:
                return write_lines(database, ranges, folder, part, advance)
        queries = _queries(database, selection, survey, ranges, path, advance=advance)
        with queries as ([query], tell):
            return _write(database, selection, query, part, kind, tell)


def export_stream(database, selection, survey, stream):
    """Write a selection to a binary stream as JSON lines; `survey` is its own.

    Returns its rows.
    """
    refuse_pairs(database, selection)
    return sum(
        write_json_lines(database, part.query, stream, blame=selection.blame)[0]
        for part in ranges_of(database, selection, survey)
    )


@contextlib.contextmanager
def _queries(database, selection, survey, ranges, path, *, most=None, advance=None):
    """SQL of what is to be written, in order, each of at most `most` rows, and whom to tell of it.

    survey, ranges: the selection's. What large selections are made of lies in a hidden folder
    beside `path` meanwhile.
    """
    if len(ranges) == 1 and most is None:
        yield [guarded(selection)], advance
        return
    if not selection.is_plain:
        total = count_rows(database, selection, survey)
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


def pieces_of(database, selection, survey):
    """The configs and splits that a folder gets, as a list of `Piece`; `survey` is the selection's.

    Those without rows are left out, for no reader opens an empty split.
    """
    pieces = []
    for part in survey.parts:
        only = selection.only(part.values)
        known = Survey(database, only, [part])
        split = part.values.get("split", "train") or "none"
        pieces.append(
            Piece(
                config=part.strategy or selection.relation.name,
                split=selection.layout.splits.get(split, split),
                selection=only,
                survey=known,
                rows=count_rows(database, only, known),
            )
        )
    pieces = [piece for piece in pieces if piece.rows]
    wanted = list(selection.strategies)
    return sorted(pieces, key=lambda piece: wanted.index(piece.config)) if wanted else pieces


def export_folder(
    database, selection, survey, path, kind, *, shard_rows, license, command, advance=None
):
    """Write a selection to a folder: a file or more per config and split, card and manifest.

    survey: the selection's. shard_rows: most rows of one file. Returns (files, rows).
    """
    pieces = pieces_of(database, selection, survey)
    if not pieces:
        raise DataError("There is nothing to export: no row is selected, and no reader opens that")
    if selection.layout.name == "llamafactory":
        # An entry of its dataset_info.json names one file.
        shard_rows = max(piece.rows for piece in pieces)
    written = {}
    with whole_folder(path) as folder:
        for piece in pieces:
            config, split, of = piece.config, piece.split, piece.selection
            (folder / config).mkdir(exist_ok=True)
            most = shard_rows if piece.rows > shard_rows else None
            ranges = ranges_of(database, of, piece.survey)
            with (
                faults_named(database, of),
                _queries(
                    database, of, piece.survey, ranges, folder / config, most=most, advance=advance
                ) as (queries, tell),
            ):
                for shard, query in enumerate(queries):
                    file = f"{config}/{split}-{shard:05}-of-{len(queries):05}{kind}"
                    rows = _write(database, of, query, folder / file, kind, tell)
                    written.setdefault(config, {}).setdefault(split, []).append((file, rows))
        name = Path(path).name
        text = card(database, selection, written, name=name, license=license, command=command)
        (folder / "README.md").write_text(text, encoding="utf-8")
        (folder / MANIFEST).parent.mkdir()
        text = manifest(database, folder, written, command=command)
        (folder / MANIFEST).write_text(text, encoding="utf-8")
        if selection.layout.name == "llamafactory":
            entries = {
                f"{config}_{split}": dataset_info(files[0][0])
                for config, splits in written.items()
                for split, files in splits.items()
            }
            text = json.dumps(entries, indent=2) + "\n"
            (folder / "dataset_info.json").write_text(text, encoding="utf-8")
    files = [file for splits in written.values() for listed in splits.values() for file in listed]
    return len(files), sum(rows for _, rows in files)


def dataset_info(file_name):
    """LLaMA-Factory's entry for a file of format llamafactory."""
    return {
        "file_name": file_name,
        "ranking": True,
        "formatting": "sharegpt",
        "columns": {"messages": "conversations", "chosen": "chosen", "rejected": "rejected"},
    }
