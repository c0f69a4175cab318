"""Rows as JSON, and files that are whole or not there at all.

A format is a file `formats/<name>.sql`: its first comment line says what it is for, the line
`-- needs:` which columns it reads, and $relation and $rows_order stand for the relation and the
order of its rows. The columns of the SELECT are the keys of each JSON object.
"""

import contextlib
import json
import os
import secrets
import string
from dataclasses import dataclass
from pathlib import Path

from zebra.errors import DataError, UsageError

_FORMATS = Path(__file__).parent / "formats"

# What identifies a pair and is the same in every build; other relations are ordered by all columns.
_PAIR_ORDER = ("strategy", "prompt_id", "pair_rank")


@dataclass(frozen=True)
class Format:
    """A layout of exported rows; `needs` are the columns that a relation must have."""

    name: str
    summary: str
    needs: tuple
    template: str

    def lacks(self, relation):
        return [column for column in self.needs if column not in relation.columns]

    def query(self, relation):
        is_pairs = all(column in relation.columns for column in _PAIR_ORDER)
        return string.Template(self.template).substitute(
            relation=relation.sql,
            rows_order=", ".join(_PAIR_ORDER) if is_pairs else "all",
        )


def formats():
    """The formats there are, by name."""
    found = {}
    for file in sorted(_FORMATS.glob("*.sql")):
        text = file.read_text(encoding="utf-8")
        lines = [line.removeprefix("-- ") for line in text.splitlines() if line.startswith("-- ")]
        needs = [line.removeprefix("needs: ") for line in lines if line.startswith("needs: ")]
        columns = tuple(name.strip() for line in needs for name in line.split(","))
        found[file.stem] = Format(file.stem, lines[0], columns, text)
    return found


def chosen_format(relation, name=None):
    """The format of that name, or the relation's default: trl for pairs with texts, else rows."""
    known = formats()
    if name is None:
        return known["rows"] if known["trl"].lacks(relation) else known["trl"]
    lacking = known[name].lacks(relation)
    if lacking:
        raise UsageError(
            f"{relation.name} has no column {', '.join(lacking[:3])}, which format {name} needs: "
            "export a preferences view, or use --format rows"
        )
    return known[name]


def write_json_lines(database, query, stream, *, blame=None, advance=None):
    """Write a query's rows to a binary stream, one JSON object per line, as DuckDB renders them.

    advance: called with the number of rows and of bytes after each batch.
    Returns the number of rows and of bytes. Raises DataError for a number that JSON lacks.
    """
    rows = size = 0
    # Were there a column of the alias's name, it would be meant: hence one that nobody gives.
    sql = f'select cast(to_json("the whole row") as varchar) from ({query}\n) as "the whole row"'
    for batch in database.batches(sql, blame=blame):
        for (text,) in batch:
            # DuckDB writes these bare, which no JSON reader has to accept. In text they are fine.
            if "NaN" in text or "Infinity" in text:
                _refuse_non_finite(text)
        block = "".join(f"{text}\n" for (text,) in batch).encode("utf-8")
        stream.write(block)
        rows += len(batch)
        size += len(block)
        if advance:
            advance(len(batch), len(block))
    return rows, size


def _refuse_non_finite(text):
    bare = object()

    def holds(value):
        if isinstance(value, dict):
            value = list(value.values())
        return value is bare or isinstance(value, list) and any(map(holds, value))

    row = json.loads(text, parse_constant=lambda _: bare)
    column = next((name for name, value in row.items() if holds(value)), None)
    if column is None:
        return
    texts = [f"{name} {value}" for name, value in row.items() if isinstance(value, str)]
    where = f" in the row of {', '.join(texts[:3])}" if texts else ""
    raise DataError(f"Column {column} is NaN or infinite{where}, which JSON cannot hold")


def check_output(path, *, force, database):
    """Refuse a file that cannot or should not be written. Returns its path, links resolved."""
    # A link stays a link: what it points to is replaced.
    target = Path(path).resolve()
    try:
        if not target.parent.is_dir():
            raise UsageError(f"There is no folder {Path(path).parent}: make it first")
        if target.is_dir():
            raise UsageError(f"{path} is a folder: name a file, as {Path(path) / 'pairs.jsonl'}")
        if target.exists():
            if not target.is_file():
                raise UsageError(f"{path} is not an ordinary file: name one with -o")
            if target.samefile(database):
                raise UsageError(f"{path} is the database itself: name another file with -o")
            if not force:
                raise UsageError(f"{path} exists: use --force to replace it")
    except OSError as error:
        raise _unwritable(path, error) from None
    return target


def _unwritable(path, error):
    return DataError(f"{path} cannot be written: {error.strerror or error}")


@contextlib.contextmanager
def whole_file(path):
    """A binary stream whose file appears at `path` when the block ends, and never if it fails."""
    part = path.with_name(f".{path.name[:100]}.{secrets.token_hex(4)}.part")
    try:
        with open(part, "xb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()
