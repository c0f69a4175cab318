"""The figures of docs/strategies.md are those of the pool that they are measured on."""

import duckdb
import pytest


def tables(page):
    """The page's tables as lists of rows, a row as its cells, without the header."""
    found, rows = [], []
    for line in [*page.splitlines(), ""]:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
        elif rows:
            found.append(rows[2:])
            rows = []
    return found


SUMMARY = """
    select strategy, cast(pairs as varchar), printf('%.3f', mean_similarity),
        printf('%.3f', mean_quality_gap), printf('%.2f', expected_agreement),
        printf('%.2f', unstable_share), printf('%.2f', chosen_longer_share),
        top_chosen_model, printf('%.2f', top_chosen_share)
    from strategy_summary
"""
AGREEMENT = """
    select {name}, cast(pairs_scored as varchar), cast(ties as varchar),
        cast(agreements as varchar), printf('%.2f', agreement), printf('%.2f', agreement_low),
        printf('%.2f', agreement_high)
    from label_agreement where {rows}
"""


@pytest.mark.parametrize(
    ("place", "query"),
    [
        (1, SUMMARY),
        (2, AGREEMENT.format(name="strategy", rows="gap_bucket = 'all'")),
        (
            3,
            AGREEMENT.format(
                name="gap_bucket", rows="strategy = 'all_pairs' and gap_bucket <> 'all'"
            ),
        ),
    ],
)
def test_the_figures_are_measured(judged, repository, place, query):
    page = (repository / "docs" / "strategies.md").read_text(encoding="utf-8")
    with duckdb.connect(str(judged), read_only=True) as connection:
        measured = [list(row) for row in connection.execute(query).fetchall()]
    assert sorted(tables(page)[place]) == sorted(measured)


def test_every_strategy_that_ships_is_on_the_page(repository):
    import yaml

    page = (repository / "docs" / "strategies.md").read_text(encoding="utf-8")
    project = yaml.safe_load((repository / "dbt_project.yml").read_text(encoding="utf-8"))
    named = [row[0].strip("`") for row in tables(page)[0]]
    assert named == list(project["vars"]["strategies"])
