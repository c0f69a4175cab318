"""What dbt says of a database or a file that cannot be read: a sentence, where DuckDB's error is
a traceback or a page of options.

profiles.yml names this module to dbt-duckdb.
"""

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
        try:
            duckdb.connect(creds.path, config=config).close()
        except duckdb.Error as error:
            raise RuntimeError(f"{creds.path} {why_not_opened(error)}.") from None
