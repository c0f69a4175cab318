"""What zebra adds to dbt's connection: a sentence where a database or a file cannot be read, whose
error in DuckDB is a traceback or a page of options; and httpfs.

profiles.yml names this module to dbt-duckdb.
"""

import importlib.util
from pathlib import Path

import duckdb
from dbt.adapters.duckdb.environments.local import DuckDBCursorWrapper
from dbt.adapters.duckdb.plugins import BasePlugin
from dbt_common.exceptions import DbtRuntimeError

from zebra.database import why_not_opened
from zebra.reading_errors import sentence

_execute = DuckDBCursorWrapper.execute


def _execute_or_say_why(cursor, sql, bindings=None):
    """Run a statement as dbt-duckdb does; an error about a file is one sentence."""
    try:
        return _execute(cursor, sql, bindings)
    except duckdb.Error as error:
        said = sentence(str(error))
        if said is None:
            raise
        raise DbtRuntimeError(said) from None


class Plugin(BasePlugin):
    """Opens the database before dbt-duckdb does."""

    def initialize(self, plugin_config):
        """Have errors of statements said in a sentence."""
        DuckDBCursorWrapper.execute = _execute_or_say_why

    def update_connection_config(self, creds, config):
        """Raise a RuntimeError, which dbt-duckdb reports by its text, if creds.path does not open.

        config: DuckDB's options for the connection, a dict.
        """
        # dbt takes the path for an address, and writes the name into queries as it is.
        if set("?#'") & set(creds.path):
            raise RuntimeError(
                f"{creds.path} cannot be built: dbt cannot work with ?, # or ' in a database's "
                "path; name another with ZEBRA_DATABASE."
            )
        try:
            with duckdb.connect(creds.path, config=config) as connection:
                _install_httpfs(connection)
        except duckdb.Error as error:
            raise RuntimeError(f"{creds.path} {why_not_opened(error)}.") from None


def _install_httpfs(connection):
    """Have DuckDB install its extension httpfs from the Python package that brings it, if any."""
    package = importlib.util.find_spec("duckdb_extension_httpfs")
    if package is None:
        return
    [(version, installed)] = connection.execute(
        "select version(), installed from duckdb_extensions() where extension_name = 'httpfs'"
    ).fetchall()
    file = Path(package.origin).parent / "extensions" / version / "httpfs.duckdb_extension"
    # A package of another DuckDB is of no use; the build says so once it needs the extension.
    if not installed and file.exists():
        connection.install_extension(str(file))
