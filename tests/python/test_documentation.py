"""What `make docs` shows: nothing blanks the page, and it lists what users read."""

import re

import pytest
import yaml


@pytest.fixture(scope="module")
def models(repository):
    """The models as their YAML describes them, by name."""
    return {
        model["name"]: model
        for path in (repository / "models").rglob("*.yml")
        for model in yaml.safe_load(path.read_text(encoding="utf-8")).get("models", ())
    }


@pytest.fixture(scope="module")
def public(models):
    return {
        name for name, model in models.items() if model.get("config", {}).get("access") == "public"
    }


@pytest.fixture(scope="module")
def exposures(repository):
    """What each exposure depends on."""
    found = yaml.safe_load((repository / "models" / "__exposures.yml").read_text(encoding="utf-8"))
    return {
        exposure["name"]: set(re.findall(r"ref\('(\w+)'\)", " ".join(exposure["depends_on"])))
        for exposure in found["exposures"]
    }


def test_nothing_ends_the_script_that_holds_the_documentation(repository):
    """dbt writes descriptions, SQL and fixtures into a script of the page, as they are."""
    texts = [
        path
        for folder in ("models", "macros", "seeds", "tests")
        for path in (repository / folder).rglob("*")
        if path.suffix in (".sql", ".yml", ".md")
    ]
    assert len(texts) > 150
    assert [path for path in texts if "</script" in path.read_text(encoding="utf-8").lower()] == []


def test_what_is_internal_is_hidden_and_nothing_else(repository, models, public):
    project = yaml.safe_load((repository / "dbt_project.yml").read_text(encoding="utf-8"))
    assert project["models"]["zebra"]["staging"]["+docs"] == {"show": False}
    hidden = {path.stem for path in (repository / "models" / "staging").glob("*.sql")} | {
        name
        for name, model in models.items()
        if model.get("config", {}).get("docs") == {"show": False}
    }
    assert public and hidden
    assert hidden == set(models) - public


def test_the_overview_leads_to_every_relation_that_users_read(repository, public):
    page = (repository / "models" / "overview.md").read_text(encoding="utf-8")
    seeds = {path.stem for path in (repository / "seeds").glob("*.csv")}
    linked = re.findall(r"\[(\w+)\]\(#!/(model|seed)/\2\.zebra\.(\w+)\)", page)
    assert len(linked) == page.count("](#!")
    assert all(name == target for name, _, target in linked)
    assert {target for _, kind, target in linked if kind == "model"} == public
    assert {target for _, kind, target in linked if kind == "seed"} <= seeds


def test_the_command_line_reads_what_is_public(exposures, public):
    assert exposures["zebra_command_line"] == public


def test_the_report_depends_on_what_it_names(repository, exposures, public):
    sources = [path.read_text() for path in (repository / "cli/zebra/report").rglob("*.py")]
    named = set(re.findall(r'"(\w+)"', "\n".join(sources)))
    assert exposures["zebra_report"] == named & public


def test_exports_depend_on_pairs_with_texts_and_what_their_card_tells(exposures, models):
    with_texts = {
        name
        for name, model in models.items()
        if {"chosen", "rejected"} <= {column["name"] for column in model["columns"]}
        and not name.startswith("int_")
    }
    assert exposures["zebra_export"] == with_texts | {
        "build_info",
        "leaderboard_sources",
        "strategy_summary",
    }
