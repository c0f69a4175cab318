"""Rows for people to read: a table as wide as the terminal, or one block per row.

The engine turns values into text; pandas only lays the text out.
"""

import shutil
import unicodedata

import click

# Longest text fetched per cell: more than any terminal line shows.
CELL_CHARACTERS = 500
# A column is not made narrower than this; a table that needs it is shown row by row.
NARROWEST_COLUMN = 16

_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "DECIMAL", "DOUBLE", "FLOAT")

# Responses are written by models: what would move the cursor or turn text around is made visible.
_TEXT = r"""
    regexp_replace(
        regexp_replace(left(cast({column} as varchar), {characters}), '\r?\n', '↵', 'g'),
        '[\x{{0}}-\x{{1f}}\x{{7f}}-\x{{9f}}\x{{2028}}-\x{{202e}}\x{{2066}}-\x{{2069}}]', '·', 'g'
    )"""
_FLOAT = "format('{{:.6g}}', cast({column} as double))"


def show_rows(database, query, limit, *, blame=None):
    """Print at most `limit` rows of a query to standard output; return how many there were.

    The number is `limit` + 1 when there are more rows.
    """
    columns = database.columns(query, blame=blame)
    aliases = [f"c{number}" for number in range(len(columns))]
    cells = ", ".join(
        "coalesce({}, 'NULL')".format(
            (_FLOAT if kind in ("DOUBLE", "FLOAT") else _TEXT).format(
                column=alias, characters=CELL_CHARACTERS
            )
        )
        for alias, (_, kind) in zip(aliases, columns)
    )
    rows = database.rows(
        f"select {cells} from ({query}\n) as t({', '.join(aliases)}) limit {limit + 1}",
        blame=blame,
    )
    for line in _lines(columns, rows[:limit], shutil.get_terminal_size((100, 24)).columns):
        click.echo(line)
    return len(rows)


def counted(rows):
    """A number of rows in words: 1 row, 1,200 rows."""
    return f"{rows:,} row{'' if rows == 1 else 's'}"


def _lines(columns, rows, width):
    names = [name for name, _ in columns]
    is_number = [kind.lstrip("U").startswith(_NUMBERS) and "[" not in kind for _, kind in columns]
    headers = [_width(name) for name in names]
    widest = [max([header, *(_width(row[i]) for row in rows)]) for i, header in enumerate(headers)]
    # Numbers are whole or misleading, so only text gives way.
    narrowest = [
        wide if number else max(header, min(wide, NARROWEST_COLUMN))
        for wide, header, number in zip(widest, headers, is_number)
    ]
    room = width - 2 * (len(names) - 1)
    if sum(narrowest) > room and rows:
        return _blocks(names, rows, width)
    widths = widest
    for cap in range(max(widest), 0, -1):
        widths = [max(low, min(wide, cap)) for low, wide in zip(narrowest, widest)]
        if sum(widths) <= room:
            break
    return _table(names, rows, widths, is_number)


def _table(names, rows, widths, is_number):
    import pandas

    def padded(text, i):
        text = _shortened(text, widths[i])
        blanks = " " * (widths[i] - _width(text))
        return blanks + text if is_number[i] else text + blanks

    frame = pandas.DataFrame(
        [[padded(cell, i) for i, cell in enumerate(row)] for row in [names, *rows]]
    )
    with pandas.option_context("display.unicode.east_asian_width", True):
        # The blank in front keeps two between columns; the first column's is cut off.
        text = frame.to_string(index=False, header=False, formatters=[" {}".format] * len(names))
    return [line[1:].rstrip() for line in text.split("\n")]


def _blocks(names, rows, width):
    label = max(_width(name) for name in names)
    lines = []
    for number, row in enumerate(rows, start=1):
        lines.append(f"-- row {number} " + "-" * max(0, min(width, 80) - len(f"-- row {number} ")))
        for name, cell in zip(names, row):
            blanks = " " * (label - _width(name) + 2)
            lines.append(name + blanks + _shortened(cell, max(20, width - label - 2)))
    return lines


def _width(text):
    """Columns that a text takes on a terminal, as pandas counts them."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _shortened(text, width):
    if _width(text) <= width:
        return text
    kept, used = [], 1
    for character in text:
        used += _width(character)
        if used > width:
            break
        kept.append(character)
    return "".join(kept) + "…"
