"""What SQL cannot do for a leaderboard: XLSX into CSV, and rows of benchmarks.csv to be checked."""

import csv
import io
import re
from pathlib import Path

from zebra.errors import DataError, UsageError
from zebra.files import whole_file

# What cannot be seen in a table is left to the user.
_PROPOSED = {
    "capability": "other",
    "metric": "score",
    "chance": "0",
    "higher_is_better": "true",
    "weight": "1",
    "source": "unverified",
}
_UNKNOWN_COLUMNS = """
    with

    numbers as (

        select
            cells.column_name,
            min(columns.column_number) as column_number,
            count(*) as n_figures,
            count(cells.number_with_thousands) as n_with_thousands,
            count(cells.number_with_decimal_comma) as n_with_comma,
            bool_or(cells.has_percent_sign) as has_percent_sign,
            case
                when count(cells.number_with_thousands) = count(*)
                    then min(cells.number_with_thousands)
                else min(cells.number_with_decimal_comma)
            end as lowest,
            case
                when count(cells.number_with_thousands) = count(*)
                    then max(cells.number_with_thousands)
                else max(cells.number_with_decimal_comma)
            end as highest
        from stg_leaderboard_cells as cells
        inner join stg_leaderboard_columns as columns
            on cells.file_number = columns.file_number
            and cells.source_file = columns.source_file
            and cells.column_name = columns.column_name
        where
            columns.reason = 'no benchmark by this name'
            and columns.column_name <> ''
            and not cells.is_missing
        group by cells.column_name

    ),

    proposals as (

        select
            *,
            case
                when has_percent_sign or (lowest >= 0 and highest > 1 and highest <= 100)
                    then 'percent'
                when lowest >= 0 and highest <= 1 then 'fraction'
                else 'points'
            end as unit
        from numbers
        where greatest(n_with_thousands, n_with_comma) = n_figures

    )

    select
        column_name as benchmark,
        unit,
        case unit when 'percent' then '100' when 'fraction' then '1' else '' end as ceiling,
        n_figures,
        lowest,
        highest,
        (
            select max_by(names.name, jaro_winkler_similarity(
                lower(proposals.column_name), lower(names.name)
            ))
            from stg_benchmark_names as names
            where jaro_winkler_similarity(lower(proposals.column_name), lower(names.name)) >= 0.8
        ) as nearest_name
    from proposals
    order by column_number, column_name
"""
_UNKNOWN_MODELS = """
    with

    known as (

        select distinct model_key, model from stg_scores_elsewhere
        union
        select alias_key, alias from stg_model_aliases
        union
        select model_key, model from stg_model_aliases

    ),

    known_names as (

        select model_key as name_key from known
        union
        select split_part(model_key, '/', -1) from known

    ),

    unknown as (

        select
            model_key,
            min(model) as model,
            count(*) over () as n_unknown
        from stg_leaderboard_cells
        where
            model_key <> ''
            and model_key not in (select name_key from known_names)
            and split_part(model_key, '/', -1) not in (select model_key from known)
        group by model_key
        order by model_key
        limit 20

    )

    select
        unknown.model,
        max_by(known.model, jaro_winkler_similarity(unknown.model_key, known.model_key))
            as nearest_name,
        unknown.n_unknown
    from unknown
    left join known on jaro_winkler_similarity(unknown.model_key, known.model_key) >= 0.8
    group by unknown.model_key, unknown.model, unknown.n_unknown
    order by unknown.model_key
"""


def csv_of(path, sheet=None):
    """A file that DuckDB reads: the file itself, or the CSV that an XLSX file becomes beside it.

    Cells that show 86.4% and hold 0.864 become 86.4%. Raises UsageError where another CSV is there.
    """
    if not path.is_file():
        raise UsageError(f"There is no file {path}: name a table")
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return path
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(_rows_of(path, sheet))
    target, content = path.with_suffix(".csv"), text.getvalue().encode("utf-8")
    if target.exists() and target.read_bytes() != content:
        raise UsageError(f"{target} is there and holds something else: move it, or name it instead")
    with whole_file(target.resolve()) as part:
        part.write_bytes(content)
    return target


def _rows_of(path, sheet):
    try:
        import openpyxl
    except ImportError:
        raise UsageError(
            f"{path} needs openpyxl: install it, or save the sheet as a CSV file"
        ) from None
    try:
        book = openpyxl.load_workbook(path, data_only=True, read_only=True)
        cells = book[sheet] if sheet else book.worksheets[0]
        return [[_shown(cell) for cell in row] for row in cells.iter_rows()]
    except (OSError, KeyError, ValueError) as error:
        raise DataError(f"{path} cannot be read as a table: {str(error).strip(chr(39))}") from None
    except Exception as error:
        # A file that is no workbook: what openpyxl raises depends on what it is.
        raise DataError(f"{path} cannot be read as a table: {error}") from None


def _shown(cell):
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, (int, float)) and "%" in (cell.number_format or ""):
        return f"{value * 100:.12g}%"
    return re.sub(r"\s+", " ", str(value)).strip()


def proposals(database, columns=()):
    """Rows of benchmarks.csv for columns of numbers that no benchmark is called like.

    columns: names of those that are wanted, all if empty. Returns pairs of a row and what was seen
    of the column: number of figures, lowest, highest, nearest known name.
    """
    found = {}
    for name, unit, ceiling, *seen in database.rows(_UNKNOWN_COLUMNS):
        found[name] = ({"benchmark": name, "unit": unit, "ceiling": ceiling, **_PROPOSED}, seen)
    for column in columns:
        if column not in found:
            raise UsageError(
                f"{column} is no column of numbers without a benchmark; those are "
                f"{', '.join(found) or 'none'}"
            )
    return [found[name] for name in columns or found]


def unknown_models(database):
    """The first models that no other leaderboard or alias has, and how many they are in all.

    Each with the nearest name that one has, or None. A name counts with and without its provider.
    """
    rows = database.rows(_UNKNOWN_MODELS)
    return [(model, nearest) for model, nearest, _ in rows], rows[0][2] if rows else 0


def append_benchmarks(project, rows):
    """Write rows at the end of benchmarks.csv, which keeps its bytes; its header says the order."""
    path = Path(project) / "seeds" / "benchmarks.csv"
    if not path.is_file():
        raise UsageError(f"There is no {path}: name the project's folder with --project")
    text = path.read_text(encoding="utf-8")
    header = next(csv.reader(io.StringIO(text)), None)
    if not header:
        raise DataError(f"{path} has no header: put back the line of its columns' names")
    added = io.StringIO()
    writer = csv.DictWriter(added, header, lineterminator="\n", extrasaction="ignore")
    writer.writerows(rows)
    with whole_file(path.resolve()) as part:
        part.write_bytes((text.rstrip("\n") + "\n" + added.getvalue()).encode("utf-8"))
