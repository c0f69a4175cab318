"""What DuckDB says of a file that it cannot read, as one sentence: what, where, what to do."""

import re

_FILE = re.compile(r'^\s*file = (.+)$|in file "([^"]+)"|reading file "([^"]+)"', re.MULTILINE)
_LINE = re.compile(r"CSV Error on Line: (\d+)|, at byte \d+ in line (\d+)")
# What is found in DuckDB's text, and what is said instead.
_SENTENCES = (
    ("Invalid unicode", "the text is not UTF-8; save it as UTF-8"),
    ("invalid UTF-8 encoding", "the text is not UTF-8; save it as UTF-8"),
    ("unterminated quote", 'a quote is not closed; write a quote in a text twice (""), or mend it'),
    (
        "Expected Number of Columns",
        "the line has another number of fields than the first one; put texts with a separator"
        " in quotes",
    ),
    (
        "Maximum line size",
        "the line has more than 16 MB; save the file as Parquet or JSONL",
    ),
    (
        '"maximum_object_size"',
        "a record has more than 32 MB; save the file as one record per line",
    ),
    ("Malformed JSON", "the JSON is broken; mend it, or save the file as one record per line"),
)


def sentence(text):
    """The sentence for the text of an error by DuckDB, or None where it is about no file."""
    found = _FILE.search(text)
    if not found:
        return None
    file = next(group for group in found.groups() if group).strip()
    place = _LINE.search(text)
    where = f", line {place.group(1) or place.group(2)}" if place else ""
    for mark, said in _SENTENCES:
        if mark in text:
            return f"{file}{where}: {said}."
    if "\n" not in text.strip() and "Try " not in text:
        return None
    first = text.strip().splitlines()[0].rstrip(".")
    return f"{file}{where} cannot be read: {first}."
