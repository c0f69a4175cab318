"""What the page shows, selected from relations of the database."""

import re

import pandas

from zebra.database import literal
from zebra.errors import DataError

# Most models of a chart: those with most responses.
MODELS_SHOWN = 60
# Most benchmarks of a chart or of a pair.
BENCHMARKS_SHOWN = 20


class Source:
    """The relations of a database, as frames."""

    def __init__(self, database):
        self._database = database
        self._relations = {relation.name: relation for relation in database.relations()}

    def has(self, relation, column=None):
        return relation in self._relations and (
            column is None or column in self._relations[relation].columns
        )

    def select(self, columns, relation, rest=""):
        """Columns of one relation as a frame; `rest` is SQL that follows `from`."""
        if relation not in self._relations:
            raise DataError(
                f"{self._database.path} has no relation {relation}, which the report shows: "
                "run dbt build"
            )
        names = re.split(r",(?![^(]*\))", columns)
        rows = self._database.rows(f"select {columns} from {self._relations[relation].sql} {rest}")
        return pandas.DataFrame(rows, columns=[name.split()[-1] for name in names], dtype=object)

    def among(self, column, values):
        """SQL of a condition: the column is one of these texts, as literals."""
        listed = ", ".join(literal(value) for value in values)
        return f"{column} in ({listed})" if listed else "false"


def pool_models(source):
    """The models that charts show, best first, and how many more the pool has."""
    models = source.select(
        "model, responses, mean_chars, quality, quality_rank",
        "pool_models",
        "order by place",
    )
    shown = models.head(MODELS_SHOWN).sort_values("quality_rank", kind="stable")
    return shown.reset_index(drop=True), len(models) - len(shown)
