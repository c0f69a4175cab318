"""The database that `dbt build` writes, opened read-only.

DuckDB is imported when a database is opened, so that `zebra -h` answers at once.
"""

import contextlib
import difflib
import os
import re
from dataclasses import dataclass
from pathlib import Path

from zebra.errors import DataError, UsageError
from zebra.worker import Worker

HELPER_PREFIXES = ("stg_", "int_")


@dataclass(frozen=True)
class Relation:
    """A table or view of schema `main`; `columns` maps a name to its DuckDB type, in order."""

    name: str
    kind: str
    description: str
    columns: dict

    @property
    def is_helper(self):
        return self.name.startswith(HELPER_PREFIXES)

    @property
    def sql(self):
        name = self.name.replace('"', '""')
        return f'main."{name}"'


def literal(text):
    """A text as SQL."""
    return "'" + text.replace("'", "''") + "'"


class Database:
    """A read-only connection; a context manager.

    Every query runs in a thread beside the caller's: DuckDB looks at Ctrl-C in some of its
    operators only, so the main thread waits and interrupts it.
    """

    def __init__(self, path):
        self.path = Path(path)
        self._connection = _connect(self.path)
        self._worker = Worker()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._worker.stop()
        self._connection.close()

    def batches(self, sql, parameters=None, *, blame=None, size=1024):
        """Yield lists of at most `size` rows (tuples), holding one list at a time.

        blame: what the user wrote that the SQL contains (such as "--where"). DuckDB's complaint
        about it is then a UsageError; anything else it cannot do is a DataError.
        """
        # A cursor of its own: DuckDB 2.0 runs one query at a time on a connection.
        cursor = self._connection.cursor()
        try:
            self._wait(cursor, blame, cursor.execute, sql, parameters)
            while rows := self._wait(cursor, blame, cursor.fetchmany, size):
                yield rows
        finally:
            cursor.close()

    def rows(self, sql, parameters=None, *, blame=None):
        """All rows, as a list of tuples."""
        return [row for batch in self.batches(sql, parameters, blame=blame) for row in batch]

    def copy(self, query, to, path, watch=lambda: None):
        """Have DuckDB write a query's rows: `copy (query) <to>`. Returns the number of rows.

        path: the file that `to` names. watch: called every now and then meanwhile. Raises OSError
        when it cannot be written.
        """
        import duckdb

        cursor = self._connection.cursor()
        try:
            sql = f"copy ({query}\n) {to}"
            return self._worker.call(cursor.execute, sql, watch=watch).fetchone()[0]
        except duckdb.IOException as error:
            raise OSError(0, _why_unwritten(error, path)) from None
        except duckdb.Error as error:
            raise self._complaint(error) from None
        except BaseException:
            self._worker.wait(cursor.interrupt)
            raise
        finally:
            cursor.close()

    @contextlib.contextmanager
    def setting(self, name, value):
        """One of DuckDB's settings, while the block runs."""
        self.rows(f"set {name} = {literal(str(value))}")
        try:
            yield
        finally:
            self.rows(f"reset {name}")

    @property
    def memory_limit(self):
        """Bytes that DuckDB may use for data, about as ZEBRA_MEMORY_LIMIT says."""
        [(text,)] = self.rows("select current_setting('memory_limit')")
        number, unit = text.split()
        return int(float(number) * 1024 ** ["bytes", "KiB", "MiB", "GiB", "TiB"].index(unit))

    def columns(self, query, *, blame=None):
        """Name and DuckDB type of each column of a query, as a list of pairs."""
        described = self.rows(f"describe select * from ({query}\n)", blame=blame)
        return [(name, kind) for name, kind, *_ in described]

    def check_query(self, sql):
        """Refuse what is not one query; `sql` is the user's text."""
        import duckdb

        try:
            statements = self._connection.extract_statements(sql)
        except duckdb.Error as error:
            raise UsageError(f"The SQL does not run: {_first_line(error)}") from None
        # DuckDB 1.5 puts a statement of its own, without text, before a PIVOT.
        statements = [s for s in statements if s.type.name != "CREATE" or s.query.strip()]
        if len(statements) != 1:
            raise UsageError(f"Give one query, not {len(statements)} statements")
        kind = statements[0].type.name
        if kind not in ("SELECT", "MULTI"):
            raise UsageError(
                f"{kind} is not a query, and zebra only reads: "
                "use SELECT, FROM, WITH, DESCRIBE, SUMMARIZE, SHOW or PIVOT"
            )

    def relations(self):
        """Tables and views of schema `main`, as a list of `Relation` in order of name."""
        columns = {}
        for relation, name, kind in self.rows(
            "select table_name, column_name, data_type from duckdb_columns() "
            "where database_name = current_database() and schema_name = 'main' "
            "and not internal order by table_name, column_index"
        ):
            columns.setdefault(relation, {})[name] = kind
        found = self.rows(
            "select table_name, 'table', comment from duckdb_tables() "
            "where database_name = current_database() and schema_name = 'main' and not internal "
            "union all "
            "select view_name, 'view', comment from duckdb_views() "
            "where database_name = current_database() and schema_name = 'main' and not internal "
            "order by 1"
        )
        return [
            Relation(name, kind, comment or "", columns.get(name, {}))
            for name, kind, comment in found
        ]

    def relation(self, name):
        """The relation of that name, in any case, with or without `main.` before it."""
        wanted = name.lower().removeprefix("main.")
        relations = {relation.name.lower(): relation for relation in self.relations()}
        if wanted in relations:
            return relations[wanted]
        if not relations:
            raise DataError(f"{self.path} holds no relations: run dbt build first")
        near = difflib.get_close_matches(wanted, relations, n=3, cutoff=0.5)
        advice = f"near it are {', '.join(near)}" if near else "zebra tables lists them"
        raise UsageError(f"There is no relation {name} in {self.path}: {advice}")

    def _wait(self, cursor, blame, call, *arguments):
        import duckdb

        try:
            return self._worker.call(call, *arguments)
        except duckdb.Error as error:
            at_fault = (duckdb.OperationalError, duckdb.InternalError, duckdb.FatalException)
            if blame and not isinstance(error, at_fault):
                raise UsageError(f"{blame} does not run: {_first_line(error)}") from None
            raise self._complaint(error) from None
        except BaseException:
            self._worker.wait(cursor.interrupt)
            raise

    def _complaint(self, error):
        import duckdb

        if isinstance(error, duckdb.OutOfMemoryException):
            return DataError(
                f"{self.path} needs more memory or disk than there is (set ZEBRA_MEMORY_LIMIT to "
                f"more, such as 8GB): {_first_line(error)}"
            )
        return DataError(f"{self.path} cannot be read: {_first_line(error)}")


def _connect(path):
    import duckdb

    if not path.exists():
        raise DataError(
            f"There is no database at {path}: run dbt build first, or name it with --database"
        )
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name the DuckDB file in it with --database")
    try:
        with open(path, "rb") as file:
            is_database = file.read(12).endswith(b"DUCK")
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror or error}") from None
    # Asked first, because DuckDB opens a CSV or Parquet file as a database of its own making.
    if not is_database:
        raise DataError(
            f"{path} is not a DuckDB database: name the file that dbt build writes with --database"
        )
    try:
        connection = duckdb.connect(str(path), read_only=True)
        # As in profiles.yml: what does not fit goes to a folder beside the database.
        limit = os.environ.get("ZEBRA_MEMORY_LIMIT", "4GB")
        connection.execute(f"set memory_limit = {literal(limit)}")
        # DuckDB 2.0 waits for these for ever where a COPY is interrupted at the wrong moment.
        setting = "from duckdb_settings() where name = 'async_threads'"
        if connection.execute(setting).fetchone():
            connection.execute("set async_threads = 0")
        return connection
    except duckdb.ParserException as error:
        raise UsageError(f"ZEBRA_MEMORY_LIMIT is {limit}: {_first_line(error)}") from None
    except duckdb.Error as error:
        raise DataError(f"{path} {why_not_opened(error)}") from None


def why_not_opened(error):
    """Why DuckDB could not open a file, as what follows the file's name in a sentence."""
    import duckdb

    text = str(error)
    if "Could not set lock" in text:
        holder = re.search(r"\(PID (\d+)\)", text)
        who = f"process {holder[1]}" if holder else "another process"
        return f"is in use by {who}, such as a dbt build or a notebook: try again when it has ended"
    if "newer version of DuckDB" in text:
        return (
            f"was written by a newer DuckDB than the {duckdb.__version__} installed here: "
            "upgrade duckdb, or delete the file and run dbt build"
        )
    if "Permission denied" in text:
        return "cannot be opened: Permission denied; make it writable, or name another"
    return f"cannot be opened: {_first_line(error)}"


def _why_unwritten(error, path):
    message = _first_line(error)
    # DuckDB 2.0 may report a failed write as JSON.
    if number := re.search(r'"errno":"(\d+)"', message):
        return os.strerror(int(number[1]))
    # What follows the file's name, which is a hidden one.
    return message.split(f'"{path}"')[-1].strip(": ")


def _first_line(error):
    # After an empty line comes the SQL, which may be ours and not what the user wrote.
    message = str(error).split("\n\n")[0]
    return " ".join(message.split())
