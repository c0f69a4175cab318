"""One export: the checks before it, and the file or folder that comes of it."""

import json
import math
from pathlib import Path

from zebra.card import card, manifest
from zebra.checks import is_checked
from zebra.errors import DataError
from zebra.files import MANIFEST, whole_file, whole_folder, write_json_lines, write_rows

SHARD_ROWS = 100_000


def count_rows(database, selection):
    """Number of rows that an export of the selection has."""
    blame = "--where" if selection.where is not None else None
    return database.rows(f"select count(*) from ({selection.query}\n)", blame=blame)[0][0]


def export_file(database, selection, path, kind, *, advance=None):
    """Write a selection to one file; `kind` is an ending of files.KINDS. Returns its rows."""
    blame = "--where" if selection.where is not None else None
    with whole_file(path) as part:
        return write_rows(
            database,
            selection.query,
            part,
            kind,
            is_finite=is_checked(selection),
            blame=blame,
            advance=advance,
        )


def export_stream(database, selection, stream):
    """Write a selection to a binary stream as JSON lines. Returns its rows."""
    blame = "--where" if selection.where is not None else None
    return write_json_lines(database, selection.query, stream, blame=blame)[0]


def parts_of(database, selection):
    """The configs and splits that a folder gets: (config, split, selection of that part, rows).

    Parts without rows are left out, for no reader opens an empty split.
    """
    columns = selection.relation.columns
    named = [name for name in ("strategy", "split") if name in columns]
    found = [()]
    if named:
        blame = "--where" if selection.where is not None else None
        order = ["split desc" if name == "split" else name for name in named]
        found = database.rows(
            f"select distinct {', '.join(named)} from ({selection.source}) "
            f"order by {', '.join(order)}",
            blame=blame,
        )
    parts = []
    for values in found:
        of = dict(zip(named, values, strict=True))
        part = selection.only(strategy=of.get("strategy"), split=of.get("split"))
        rows = count_rows(database, part)
        split = of.get("split") or "train"
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
            shards = math.ceil(rows / shard_rows)
            for shard in range(shards):
                file = f"{config}/{split}-{shard:05}-of-{shards:05}{kind}"
                query = part.query
                if shards > 1:
                    query = f"{query.rstrip()} limit {shard_rows} offset {shard * shard_rows}"
                written = write_rows(
                    database,
                    query,
                    folder / file,
                    kind,
                    is_finite=is_checked(part),
                    advance=advance,
                )
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
