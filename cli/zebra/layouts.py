"""What an export selects, and how its rows are laid out.

A format is a file `formats/<name>.sql`: its comment says whom it is for, the lines `-- needs:`
which columns it reads, the line `-- trainers read:` which of its own columns trainers are meant to
interpret. In it $relation stands for the rows to lay out, $rows_order for their order
and $margin for the margin column, when one is asked for. The columns of the SELECT are the keys of
each JSON object and the columns of each Parquet file.
"""

import re
import string
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path

from zebra.database import Relation, literal
from zebra.errors import UsageError

_FORMATS = Path(__file__).parent / "formats"

# What identifies a pair and is the same in every build; other relations are ordered by all columns.
_PAIR_KEYS = ("strategy", "prompt_id", "pair_rank")
# By which columns rows are put in order, and which of them a relation must have.
_ORDERS = {
    "prompt": (_PAIR_KEYS, _PAIR_KEYS),
    "curriculum": (("strategy", "curriculum_rank"), ("strategy", "curriculum_rank")),
    "shuffle": (("md5({seed} || pair_id)", "pair_id"), ("pair_id",)),
}
ORDERS = tuple(_ORDERS)

# Types of columns that come back from Parquet as they went in.
_PLAIN = {"VARCHAR", "VARCHAR[]", "BIGINT", "INTEGER", "DOUBLE", "FLOAT", "BOOLEAN", "DATE"}
_PLAIN |= {"TIMESTAMP", 'STRUCT("role" VARCHAR, "content" VARCHAR)[]'}

# In this order help lists them: the default, then by use.
_LISTED = ["trl", "trl-implicit", "text", "kto", "sft", "h4", "llamafactory", "openai"]
_LISTED += ["ultrafeedback", "rows"]

_NEEDS, _READ = "needs: ", "trainers read: "
# What the checks of pairs read.
_CHECKED = ("pair_id", "messages", "chosen", "rejected")

# Columns of these names mean something to trainers, whatever they hold.
_RESERVED = re.compile(
    "margin|messages|completion|label|text|tools|images?|chat_template_kwargs"
    "|(.*_)?input_ids|(chosen|rejected)_ids|ref_(chosen|rejected)_logps"
)

# What Python's strip() takes off a text, and so do chat templates.
_BLANKS = "".join(character for character in map(chr, range(0x3001)) if character.isspace())


@dataclass(frozen=True)
class Format:
    """A layout of exported rows.

    needs: the columns that a relation must have. read: its own columns that trainers interpret.
    """

    name: str
    summary: str
    needs: tuple
    read: tuple
    template: str

    @property
    def takes_margin(self):
        return "$margin" in self.template

    @property
    def compares_pairs(self):
        """Whether what becomes of a pair depends on the prompt's other pairs."""
        return "partition by prompt_id" in self.template

    @property
    def is_for_trainers(self):
        return bool(self.needs)

    @property
    def splits(self):
        """Names that the splits get, where they are not the database's own."""
        return {"train": "train_prefs", "test": "test_prefs"} if self.name == "h4" else {}

    def misleading(self, columns):
        """Those of these columns that trainers would interpret, and should not."""
        return [name for name in columns if _RESERVED.fullmatch(name) and name not in self.read]

    def lacks(self, relation):
        return [column for column in self.needs if column not in relation.columns]


@dataclass(frozen=True)
class Selection:
    """The rows of a relation to export, and in which layout and order.

    strategies: names to keep, all when empty. min_confidence: least label_confidence. where: a
    condition in SQL, the user's own text. limit: at most so many rows of the relation, in the
    order. order: a name in ORDERS. seed: a whole number, for shuffle. part, between: pairs of
    column and value, and a condition in SQL, by which it is a part of a larger one.
    """

    relation: Relation
    layout: Format
    strategies: tuple = ()
    min_confidence: float | None = None
    where: str | None = None
    limit: int | None = None
    order: str = "prompt"
    seed: int = 0
    margin: bool = False
    part: tuple = ()
    between: str | None = None

    def __post_init__(self):
        for option, column, given in (
            ("--strategy", "strategy", self.strategies),
            ("--min-confidence", "label_confidence", self.min_confidence is not None),
        ):
            if given and column not in self.relation.columns:
                raise UsageError(f"{option}: {self.relation.name} has no column {column}")
        if self.min_confidence is not None and not 0 <= self.min_confidence <= 1:
            raise UsageError(f"--min-confidence: {self.min_confidence} is not between 0 and 1")
        if self.order != "prompt" and not self._has(_ORDERS[self.order][1]):
            raise UsageError(
                f"--order {self.order}: {self.relation.name} holds no pairs of a strategy"
            )
        if self.margin and not self.layout.takes_margin:
            raise UsageError(f"--margin: format {self.layout.name} has no place for a margin")

    def only(self, values):
        """The part of it with these values, a mapping from column to text or None."""
        return replace(self, part=tuple(values.items()))

    @property
    def blame(self):
        """What the user wrote that its SQL contains, if anything."""
        return "--where" if self.where is not None else None

    @property
    def source(self):
        """SQL of the rows to lay out: those selected, with trimmed texts for trainers."""
        conditions = []
        if self.strategies:
            conditions.append(f"strategy in ({', '.join(map(literal, self.strategies))})")
        if self.min_confidence is not None:
            conditions.append(f"label_confidence >= {self.min_confidence}")
        if self.between is not None:
            conditions.append(self.between)
        if self.where is not None:
            # The line break ends a comment in it.
            conditions.append(f"(\n{self.where}\n)")
        sql = f"select * {self._trimmed()} from {self.relation.sql}"
        if conditions:
            sql += f" where {' and '.join(conditions)}"
        if self.limit:
            sql += f" order by {self.rows_order} limit {self.limit}"
        if self.part:
            # Outside: the parts of a limited selection are parts of the same rows.
            wanted = [
                f"{column} is null" if value is None else f"{column} = {literal(value)}"
                for column, value in self.part
            ]
            sql = f"select * from ({sql}) where {' and '.join(wanted)}"
        return sql

    @property
    def query(self):
        """SQL of the rows as they are written, in their order."""
        return self.laid_out(self.source)

    def laid_out(self, source):
        """SQL of the rows of `source`, itself SQL, in the layout and the order."""
        return string.Template(self.layout.template).substitute(
            relation=f"({source})",
            rows_order=self.rows_order,
            margin="quality_gap as margin," if self.margin else "",
        )

    @property
    def rows_order(self):
        return ", ".join(self.order_columns) or "all"

    @property
    def order_columns(self):
        """SQL of what rows are put in order by, empty for a relation that holds no pairs."""
        if not self._has(_PAIR_KEYS):
            return []
        seed = literal(f"{self.seed}|")
        return [column.format(seed=seed) for column in _ORDERS[self.order][0]]

    @property
    def is_plain(self):
        """Whether its rows come back from Parquet as they went in."""
        return _PLAIN.issuperset(self.relation.columns.values())

    @property
    def is_cuttable(self):
        """Whether its order has ranges that can be exported one after the other."""
        has_texts = self._has(("chosen", "rejected", "messages"))
        return has_texts and self.is_plain and bool(self.order_columns) and not self.limit

    def _has(self, columns):
        return all(column in self.relation.columns for column in columns)

    def _trimmed(self):
        if not self.layout.is_for_trainers:
            return ""
        texts = [
            f"{_trim(name)} as {name}"
            for name in ("prompt", "chosen", "rejected")
            if name in self.relation.columns
        ]
        texts.append(
            "list_transform(messages, lambda turn: struct_pack("
            f"role := turn.role, content := {_trim('turn.content')})) as messages"
        )
        return f"replace ({', '.join(texts)})"


def _trim(text):
    # Trimming is slow, and there is nearly always nothing to trim. A list after IN would be a join.
    blanks = literal(_BLANKS)
    return (
        f"case when contains({blanks}, left({text}, 1)) "
        f"or contains({blanks}, substr({text}, length({text}), 1)) "
        f"then trim({text}, {blanks}) else {text} end"
    )


def formats():
    """The formats there are, by name, in the order in which help lists them."""
    found = {}
    for file in sorted(_FORMATS.glob("*.sql"), key=_place):
        text = file.read_text(encoding="utf-8")
        lines = [line.removeprefix("-- ") for line in text.splitlines() if line.startswith("-- ")]
        needs = _names(lines, _NEEDS)
        if needs:
            needs += tuple(name for name in _CHECKED if name not in needs)
        summary = " ".join(takewhile(lambda line: not line.startswith((_NEEDS, _READ)), lines))
        found[file.stem] = Format(file.stem, summary, needs, _names(lines, _READ), text)
    return found


def _place(file):
    known = file.stem in _LISTED
    return (_LISTED.index(file.stem) if known else len(_LISTED), file.stem)


def _names(lines, key):
    listed = [line.removeprefix(key) for line in lines if line.startswith(key)]
    return tuple(name.strip() for line in listed for name in line.split(","))


def chosen_format(relation, name=None):
    """The format of that name, or the relation's default: trl for pairs with texts, else rows."""
    known = formats()
    if name is None:
        return known["rows"] if known["trl"].lacks(relation) else known["trl"]
    lacking = known[name].lacks(relation)
    if lacking:
        raise UsageError(
            f"{relation.name} has no column {', '.join(lacking[:3])}, which format {name} needs: "
            "export a preferences view, or use --format rows"
        )
    return known[name]
