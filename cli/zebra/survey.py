"""One look at what an export selects, before anything is written."""

from dataclasses import dataclass
from functools import cached_property

SHORT = 10

# Roles of a conversation that LLaMA-Factory takes.
_ALTERNATES = """
    regexp_full_match(
        array_to_string(list_transform(messages, lambda turn: turn.role), ' '),
        '(system )?user( assistant user)*'
    )
"""


@dataclass(frozen=True)
class Part:
    """The rows of a selection that are of one strategy and one split.

    values: mapping from strategy and split, where the relation has them, to text or None. rows:
    how many. short: those with an answer under SHORT characters. odd: those whose turns
    LLaMA-Factory does not take, if the selection is laid out for it. size: characters of their
    texts, about. unplaced: those without a place in the order.
    """

    values: dict
    rows: int
    short: int
    odd: int
    size: int
    unplaced: int

    @property
    def strategy(self):
        return self.values.get("strategy")

    @property
    def split(self):
        return self.values.get("split")


class Survey:
    """What there is to know of a selection before it is written; one query, when first asked."""

    def __init__(self, database, selection, parts=None):
        self._database = database
        self._selection = selection
        if parts is not None:
            self.parts = parts

    @cached_property
    def parts(self):
        """The selection's parts, a list of `Part` in order; none is without rows."""
        return _parts_of(self._database, self._selection)

    @property
    def strategies(self):
        return {part.strategy for part in self.parts} - {None}

    @property
    def splits(self):
        return {part.split for part in self.parts} - {None}

    def total(self, what):
        """Sum over the parts of one of their numbers, given by its name."""
        return sum(getattr(part, what) for part in self.parts)


def _parts_of(database, selection):
    # What a relation cannot tell, for want of columns, is 0.
    columns = selection.relation.columns
    named = [name for name in ("strategy", "split") if name in columns]
    short = odd = unplaced = "false"
    size = "0"
    if selection.layout.is_for_trainers:
        short = f"least({answer_length('chosen', columns)}, "
        short += f"{answer_length('rejected', columns)}) < {SHORT}"
    if selection.is_cuttable:
        size = size_of(columns)
        unplaced = " or ".join(f"{column} is null" for column in selection.order_columns[:2])
    if selection.layout.name == "llamafactory":
        # Elsewhere what does not alternate is refused aloud, and looking at turns takes time.
        odd = f"not {_ALTERNATES}"
    keys = "".join(f"{name}, " for name in named)
    order = ["split desc" if name == "split" else name for name in named]
    found = database.rows(
        f"select {keys}count(*), count(*) filter (where {short}), count(*) filter (where {odd}), "
        f"coalesce(sum({size}), 0), count(*) filter (where {unplaced}) from ({selection.source})"
        + (f" group by {', '.join(named)} order by {', '.join(order)}" if named else ""),
        blame=selection.blame,
    )
    n = len(named)
    parts = [Part(dict(zip(named, row[:n], strict=True)), *row[n:]) for row in found]
    return [part for part in parts if part.rows]


def answer_length(name, columns):
    """SQL of an answer's characters, which are known without reading it where a column has them."""
    known = f"{name}_chars"
    return known if known in columns else f"length({name})"


def size_of(columns):
    """SQL of a pair's texts' characters, about."""
    prompt = "list_sum(list_transform(messages, lambda turn: strlen(turn.content)))"
    sides = [answer_length(name, columns) for name in ("chosen", "rejected")]
    return " + ".join(f"coalesce({length}, 0)" for length in [*sides, prompt])
