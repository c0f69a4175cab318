"""Parts of the page: sections, and figures with the table that is under each chart."""

from dataclasses import dataclass, field

# Most rows of a table that the page holds.
ROWS_SHOWN = 500

_NO_VALUE = "–"


@dataclass(frozen=True)
class Choice:
    """A selection box that sets the parameter `picked` of a chart."""

    label: str
    values: list
    picked: str


@dataclass(frozen=True)
class Table:
    """Cells as texts; `numeric` says of each column whether it is set to the right."""

    headers: list
    numeric: list
    rows: list
    left_out: int = 0


@dataclass(frozen=True)
class Figure:
    """A chart, or a table alone. `sees` is one sentence that says what to see."""

    key: str
    title: str
    sees: str
    relations: tuple
    table: Table
    chart: dict | None = None
    choice: Choice | None = None
    # What is said instead of a chart and a table, where there is nothing to show.
    nothing: str | None = None

    @property
    def is_folded(self):
        return self.chart is not None

    @property
    def scrolls(self):
        return self.chart is not None and self.chart["width"] != "container"


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    figures: list = field(default_factory=list)
    # Sentences before the figures.
    notes: list = field(default_factory=list)


def table(frame, *columns, left_out=0):
    """A frame as a table; a column is (name, header, format), the format None for text."""
    shown = frame.head(ROWS_SHOWN)
    formats = [form for _, _, form in columns]
    return Table(
        headers=[header for _, header, _ in columns],
        numeric=[form is not None for form in formats],
        rows=[
            [_cell(value, form) for value, form in zip(row, formats)]
            for row in zip(*(shown[name].tolist() for name, _, _ in columns))
        ],
        left_out=left_out + len(frame) - len(shown),
    )


def _cell(value, form):
    if value is None or value != value:
        return _NO_VALUE
    return format(value, form) if form else str(value)


def counted(number, thing):
    """A number of things in words: 1 prompt, 1,200 prompts."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"
