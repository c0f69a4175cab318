"""What dbt says of a database that it cannot open: a sentence, where DuckDB's error is a traceback.

profiles.yml names this module to dbt-duckdb.
"""

import duckdb
from dbt.adapters.duckdb.plugins import BasePlugin

from zebra.database import why_not_opened


class Plugin(BasePlugin):
    """Opens the database before dbt-duckdb does."""

    def update_connection_config(self, creds, config):
        """Raise a RuntimeError, which dbt-duckdb reports by its text, if creds.path does not open.

        config: DuckDB's options for the connection, a dict.
        """
        try:
            duckdb.connect(creds.path, config=config).close()
        except duckdb.Error as error:
            raise RuntimeError(f"{creds.path} {why_not_opened(error)}.") from None
