"""SQL that other engines read as well: what DuckDB alone forgives is not used."""

import re

import pytest
import yaml

BLOCK_ENDS = r"(?:\s|\{%-?\s*(?:endif|endfor)\s*-?%\})*"
COMMA_BEFORE_FROM = r"," + BLOCK_ENDS + r"\bfrom\b"
COMMA_AT_THE_END = (
    r"\w," + BLOCK_ENDS + r"(?:\{\{ \"union all\"|union all\b|where\b|\n\)|\{%-? endmacro)"
)
PORTABLE_TYPES = re.compile(
    r"(string|bigint|double|boolean|struct\(role string, content string\))(\[\])?"
)


def _places(folder, pattern, parts=("models", "macros", "tests")):
    for part in parts:
        for path in sorted((folder / part).rglob("*.sql")):
            text = re.sub(r"--[^\n]*", "", path.read_text(encoding="utf-8"))
            text = re.sub(r"(?s)\{#.*?#\}", lambda prose: "\n" * prose[0].count("\n"), text)
            for found in re.finditer(pattern, text):
                line = text.count("\n", 0, found.start()) + 1
                yield f"{path.relative_to(folder)}:{line}"


@pytest.mark.parametrize("pattern", [COMMA_BEFORE_FROM, COMMA_AT_THE_END])
def test_no_comma_ends_a_select(repository, pattern):
    parts = ("models", "macros", "tests", "cli/zebra/formats")
    assert list(_places(repository, pattern, parts)) == []


@pytest.mark.parametrize(
    "text, places",
    [
        ("select\n    a,\nfrom b", ["models/a.sql:2"]),
        ("select\n    a,\n    {%- endif %}\nfrom b", ["models/a.sql:2"]),
        ("select\n    a\nfrom b", []),
    ],
)
def test_such_a_comma_is_found(tmp_path, text, places):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "a.sql").write_text(text)
    assert list(_places(tmp_path, COMMA_BEFORE_FROM)) == places


def test_casts_name_types_that_engines_share(repository):
    assert list(_places(repository, r"(?i)\bas (varchar|integer|int|float|real)\b")) == []


def test_contracts_name_types_that_engines_share(repository):
    others = []
    for path in sorted((repository / "models").rglob("*.yml")):
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", []):
            for column in model.get("columns", []):
                kind = column.get("data_type")
                if kind is not None and not PORTABLE_TYPES.fullmatch(kind):
                    others.append((model["name"], column["name"], kind))
    assert others == []
