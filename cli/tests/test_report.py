"""What of the report needs no browser, and neither Altair: refusals, and texts made visible.

`make test-report` opens the page itself.
"""

import subprocess
import sys

import pytest

from zebra.database import Database
from zebra.errors import DataError
from zebra.report.data import Source
from zebra.report.text import Names, cut, marked, visible

from .helpers import assert_one_sentence


@pytest.mark.parametrize("package", ["altair", "vl_convert"])
def test_without_the_extra_it_says_what_to_install(zebra, monkeypatch, tmp_path, package):
    monkeypatch.setitem(sys.modules, "altair", sys)
    monkeypatch.setitem(sys.modules, "vl_convert", sys)
    monkeypatch.setitem(sys.modules, package, None)
    for name in [name for name in sys.modules if name.startswith("zebra.report.")]:
        monkeypatch.delitem(sys.modules, name)
    called = zebra("report", "-o", tmp_path / "report.html")
    shown = package.replace("_", "-")
    assert_one_sentence(called, 1, f"package {shown}", "pip install -r requirements-report.lock")
    assert list(tmp_path.iterdir()) == []


def test_other_commands_import_nothing_of_it(sample_database):
    code = (
        "import sys; from zebra.__main__ import main; "
        f"main(['sql', 'select 1', '--json', '--database', {str(sample_database)!r}]); "
        "print(sorted({'altair', 'vl_convert', 'jinja2', 'pandas'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


@pytest.mark.parametrize("name", ["report.pdf", "report", "report.jsonl"])
def test_another_ending_is_refused(zebra, tmp_path, name):
    assert_one_sentence(zebra("report", "-o", tmp_path / name), 2, name, "report.html")
    assert list(tmp_path.iterdir()) == []


def test_places_that_cannot_be_written_are_refused(zebra, tmp_path, sample_database):
    (tmp_path / "folder.html").mkdir()
    (tmp_path / "mine.html").write_text("mine")
    (tmp_path / "database.html").symlink_to(sample_database)
    for name, status, part in (
        ("folder.html", 2, "is a folder"),
        ("mine.html", 2, "use --force"),
        ("database.html", 2, "is the database itself"),
        ("nowhere/report.html", 2, "make it first"),
    ):
        assert_one_sentence(zebra("report", "-o", tmp_path / name), status, part)
    assert (tmp_path / "mine.html").read_text() == "mine"


def test_a_database_of_an_older_build_is_named(make_database):
    path = make_database("create table pool_models as select 1 as place")
    with Database(path) as database:
        source = Source(database)
        assert source.has("pool_models", "place")
        assert not source.has("pool_models", "quality")
        with pytest.raises(DataError, match="has no relation pair_examples.*run dbt build"):
            source.select("strategy", "pair_examples")


def test_a_selection_names_its_columns(make_database):
    path = make_database("create table t as select 'a' as x, 2 as y")
    with Database(path) as database:
        frame = Source(database).select("left(x, 3) as short, y,\n max(y) over () as most", "t")
    assert frame.to_dict("records") == [{"short": "a", "y": 2, "most": 2}]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain\ttext\nof lines", "plain\ttext\nof lines"),
        ("one\r\ntwo\rthree", "one\ntwo\\u000Dthree"),
        ("\x00\x07\x1b[31m\x7f\x85", "\\u0000\\u0007\\u001B[31m\\u007F\\u0085"),
        ("a\u202eb\u202c\u2066c\u2069\u200f", "a\\u202Eb\\u202C\\u2066c\\u2069\\u200F"),
        ("\u2028\u2029\ufeff\ufffe\U000e0041", "\\u2028\\u2029\\uFEFF\\uFFFE\\U000E0041"),
        ("\U0001f469\u200d\U0001f52c \u0645\u06cc\u200c\u062e", None),
        ("\\u202E as written", None),
    ],
)
def test_what_is_not_seen_is_spelt_out(text, shown):
    assert visible(text) == (text if shown is None else shown)


def test_escapes_stand_out_from_text_and_text_is_escaped():
    assert marked("<b>&\u202e\\u202E") == (
        '&lt;b&gt;&amp;<span class="unseen">\\u202E</span>\\u202E'
    )


def test_names_stay_apart_however_they_are_shown():
    names = Names()
    shown = [names.shown(name) for name in ("a b", "a\u200bb", "a  b", "a\\u200Bb", "", "x" * 99)]
    assert shown == [
        *("a b", "a\\u200Bb", "a b (2)", "a\\u200Bb (2)", "(blank)"),
        "x" * 79 + "…",
    ]
    assert names.shown("x" * 98) == "x" * 79 + "… (2)"
    assert names.shown("a  b") == "a b (2)"


def test_what_is_cut_is_counted():
    assert cut("x" * 2000) == ("x" * 2000, 0)
    assert cut("x" * 2001) == ("x" * 2000, 1)
    assert cut("") == ("", 0)


MEASURED = """
    create table label_agreement as
    select
        strategy, source, gap_bucket, strategy = 'all_pairs' as is_baseline,
        40::bigint as pairs_scored, 2::bigint as ties, 0.8::double as agreement,
        0.6::double as agreement_low, 0.9::double as agreement_high,
        0.7::double as expected_agreement
    from
        (values ('mine'), ('all_pairs')) as strategies (strategy),
        (values {sources}) as sources (source),
        (values ('all'), ('0.05 to 0.10')) as buckets (gap_bucket);
    create table judge_agreement as
    select
        judges, 'cohen' as kappa_by, 40::bigint as pairs_judged, 0.75::double as agreement,
        0.5::double as kappa
    from (values (['ann', 'bob']), (['bob', 'cy'])) as twos (judges)
    union all
    select ['ann', 'bob', 'cy'], 'fleiss', 45, 0.5, {kappa};
    create table label_calibration as
    select
        4.0::double as slope, 'var' as slope_from, 38::bigint as pairs_scored,
        'verdicts' as fitted_to, 3.05::double as fitted_slope, 0.5::double as fitted_log_loss,
        4.0::double as default_slope, 0.6::double as default_log_loss;
"""


@pytest.mark.parametrize("kappa", ["0.25", "null"])
def test_labels_are_measured_by_scores_and_by_people(make_database, kappa):
    pytest.importorskip("altair", reason="pip install -r requirements-report.lock")
    from zebra.report.sections.labels import labels_section

    path = make_database(MEASURED.format(sources="('scores'), ('verdicts')", kappa=kappa))
    with Database(path) as database:
        section = labels_section(Source(database))
    said = " (Fleiss' kappa 0.25)" if kappa == "0.25" else ""
    assert section.notes == [
        "Measured by the pool's scores and people's verdicts, which decide no pair.",
        f"3 judges agree with each other in 50% of cases{said}, on 45 pairs.",
        "On 38 pairs with verdicts a slope of 3.05 fits best (log loss 0.500); this build uses "
        "4.00 (as set).",
    ]
    agreement, by_gap, _ = section.figures
    labels = ["mine (scores)", "all_pairs (scores)", "mine (verdicts)", "all_pairs (verdicts)"]
    assert [row[0] for row in agreement.table.rows] == labels
    assert by_gap.choice.values == labels


def test_labels_that_one_source_measures_are_named_after_their_strategy(make_database):
    pytest.importorskip("altair", reason="pip install -r requirements-report.lock")
    from zebra.report.sections.labels import labels_section

    path = make_database(MEASURED.format(sources="('verdicts')", kappa="null"))
    with Database(path) as database:
        section = labels_section(Source(database))
    assert section.notes[0] == "Measured by people's verdicts, which decide no pair."
    assert [row[0] for row in section.figures[0].table.rows] == ["mine", "all_pairs"]
