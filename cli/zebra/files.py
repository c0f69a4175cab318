"""Files and folders that appear whole or not at all, and rows written into them."""

import contextlib
import gzip
import json
import os
import re
import secrets
import shutil
from pathlib import Path

from zebra.database import literal
from zebra.errors import DataError, UsageError

# What each ending means: how DuckDB names the form, and its compression.
KINDS = {
    ".jsonl": ("json", None),
    ".jsonl.gz": ("json", "gzip"),
    ".jsonl.zst": ("json", "zstd"),
    ".parquet": ("parquet", "zstd"),
    ".csv": ("csv", None),
}
# By this a folder is known as one that zebra wrote.
MANIFEST = Path(".zebra") / "manifest.json"


def kind_of(path):
    """The ending in KINDS of a file's name, None for a folder's (which has no ending)."""
    name = Path(path).name
    for ending in sorted(KINDS, key=len, reverse=True):
        if name.endswith(ending):
            return ending
    if Path(path).suffix and not Path(path).is_dir():
        raise UsageError(
            f"{path}: no form has this ending; {', '.join(KINDS)} are files, and a name without "
            "an ending is a folder"
        )
    return None


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
            # DuckDB writes them bare, as no JSON text does.
            if "NaN" in text or "nan" in text or "Infinity" in text or "inf" in text:
                _refuse_non_finite(text)
        block = ("\n".join(text for (text,) in batch) + "\n").encode()
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


def write_rows(database, query, path, kind, *, is_finite=False, blame=None, advance=None):
    """Write a query's rows to a new file. Returns the number of rows.

    kind: an ending in KINDS. is_finite: whether its numbers are known to be none that JSON lacks;
    DuckDB then writes JSON by itself, which is faster. advance: called with rows and bytes written
    since the last call; with DuckDB writing, rows are told at the end only.
    """
    form, compression = KINDS[kind]
    seen = 0

    def tell(rows=0, _=0):
        nonlocal seen
        if advance:
            size = path.stat().st_size if path.exists() else 0
            advance(rows, size - seen)
            seen = size

    if form == "json" and compression != "zstd" and not (is_finite and compression is None):
        with open(path, "wb") as stream:
            # Without a time, the same rows are the same bytes.
            target = gzip.GzipFile("", "wb", 6, stream, 0) if compression else stream
            rows, _ = write_json_lines(database, query, target, blame=blame, advance=tell)
            if compression:
                target.close()
            stream.flush()
            os.fsync(stream.fileno())
        tell()
        return rows
    if form == "json" and not is_finite:
        # DuckDB alone writes this form here, and would write such a number.
        with open(os.devnull, "wb") as nowhere:
            write_json_lines(database, query, nowhere, blame=blame)
    if form != "json":
        query = _plain_columns(database, query, nested=form == "csv", blame=blame)
    options = [f"format {form}"]
    options += [f"compression {compression}"] if compression else []
    options += ["header"] if form == "csv" else []
    rows = database.copy(query, f"to {literal(str(path))} ({', '.join(options)})", path, tell)
    tell(rows)
    return rows


def _plain_columns(database, query, *, nested, blame):
    """The query with columns of types that every reader of Parquet knows (or of CSV: no lists)."""
    columns = []
    for name, kind in database.columns(query, blame=blame):
        quoted = '"' + name.replace('"', '""') + '"'
        if re.search(r"\bMAP\b|UNION", kind) or nested and re.search(r"[\[(]", kind):
            if not kind.startswith("DECIMAL"):
                columns.append(f"cast(to_json({quoted}) as varchar) as {quoted}")
                continue
        if re.search(r"\bU?HUGEINT\b", kind):
            plain = re.sub(r"\bU?HUGEINT\b", "BIGINT", kind)
            columns.append(f"cast({quoted} as {plain}) as {quoted}")
        elif re.search(r'\b(UUID|JSON|BIT|INTERVAL)\b|"NULL"', kind):
            plain = re.sub(r'\b(UUID|JSON|BIT|INTERVAL)\b|"NULL"', "VARCHAR", kind)
            columns.append(f"cast({quoted} as {plain}) as {quoted}")
        else:
            columns.append(quoted)
    return f"select {', '.join(columns)} from ({query}\n)"


def check_output(path, *, force, database):
    """Refuse a file or folder that cannot or should not be written.

    Returns its path, links resolved.
    """
    # A link stays a link: what it points to is replaced.
    target = Path(path).resolve()
    try:
        _check_parent(path, target)
        if target.is_dir():
            if kind_of(path):
                raise UsageError(
                    f"{path} is a folder: name a file, as {Path(path) / 'pairs.jsonl'}"
                )
            if any(target.iterdir()) and not (target / MANIFEST).exists():
                raise UsageError(
                    f"{path} is a folder with files that zebra did not write: name another"
                )
            if any(target.iterdir()) and not force:
                raise UsageError(f"{path} exists: use --force to replace it")
            for file in _others_in(target):
                raise UsageError(
                    f"{path} holds {file}, which zebra did not write: move it, or name another "
                    "folder"
                )
        elif target.exists():
            _check_file(path, target, force=force, database=database)
            if not kind_of(path):
                raise UsageError(f"{path} is a file, and a name without an ending is a folder")
    except OSError as error:
        raise unwritable(path, error) from None
    return target


def check_page(path, *, force, database):
    """Refuse an HTML file that cannot or should not be written.

    Returns its path, links resolved.
    """
    if Path(path).suffix.lower() not in (".html", ".htm"):
        raise UsageError(f"{path} has not the ending of a page: name a file such as report.html")
    target = Path(path).resolve()
    try:
        _check_parent(path, target)
        if target.is_dir():
            raise UsageError(f"{path} is a folder: name a file, as {Path(path) / 'report.html'}")
        if target.exists():
            _check_file(path, target, force=force, database=database)
    except OSError as error:
        raise unwritable(path, error) from None
    return target


def _check_parent(path, target):
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {Path(path).parent}: make it first")


def _check_file(path, target, *, force, database):
    if not target.is_file():
        raise UsageError(f"{path} is not an ordinary file: name one with -o")
    if target.samefile(database):
        raise UsageError(f"{path} is the database itself: name another file with -o")
    if not force:
        raise UsageError(f"{path} exists: use --force to replace it")


def _others_in(folder):
    """Files in a folder that zebra wrote which are not its own: paths in the folder, in order."""
    own = {MANIFEST, Path("README.md"), Path("dataset_info.json")}
    with contextlib.suppress(OSError, ValueError, LookupError, TypeError):
        listed = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]
        own |= {Path(file["path"]) for file in listed}
    files = (file.relative_to(folder) for file in folder.rglob("*") if not file.is_dir())
    return sorted(set(files) - own)


def unwritable(path, error):
    return DataError(f"{path} cannot be written: {getattr(error, 'strerror', None) or error}")


@contextlib.contextmanager
def whole_file(path):
    """A path for a new file, which appears as `path` when the block ends, never if it fails."""
    part = _part_of(path)
    try:
        yield part
        os.replace(part, path)
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        with contextlib.suppress(OSError):
            part.unlink()


@contextlib.contextmanager
def whole_folder(path):
    """A new folder, which becomes `path` when the block ends; if it fails an old one stays."""
    part = _part_of(path)
    aside = part.with_suffix(".old")
    try:
        part.mkdir()
        yield part
        if path.exists():
            os.rename(path, aside)
        os.rename(part, path)
    except OSError as error:
        raise unwritable(path, error) from None
    finally:
        if aside.exists() and not path.exists():
            os.rename(aside, path)
        shutil.rmtree(part, ignore_errors=True)
        shutil.rmtree(aside, ignore_errors=True)


@contextlib.contextmanager
def scratch_folder(path):
    """A hidden folder beside `path`, gone when the block ends. For whole_file and whole_folder."""
    folder = _part_of(path)
    try:
        folder.mkdir()
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _part_of(path):
    """A hidden name beside `path`; what killed processes have left there is cleared up."""
    name = path.name[:100]
    for left in path.parent.glob(f".{_escaped(name)}.*"):
        found = re.fullmatch(rf"\.{re.escape(name)}\.(\d+)-[0-9a-f]+\.(part|old)", left.name)
        if not found or _runs(int(found[1])):
            continue
        with contextlib.suppress(OSError):
            if found[2] == "old" and not path.exists():
                # It was killed between its two renamings.
                os.rename(left, path)
            elif left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()
    return path.with_name(f".{name}.{os.getpid()}-{secrets.token_hex(4)}.part")


def _escaped(name):
    return re.sub(r"([\[\]*?])", r"[\1]", name)


def _runs(process):
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
