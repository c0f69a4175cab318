"""The report page as a browser sees it, opened from disk. Run by `make test-report`."""

import os
import re
import shutil
import subprocess
import sys

import duckdb
import pytest

from .conftest import write_page

pytest.importorskip("altair", reason="pip install -r requirements-report.lock")

WIDTHS = [380, 1280]
PAGES = ["sample_page", "hostile_page"]
MARKS = "[role=graphics-symbol]:not([aria-roledescription=axis])"

# Texts of charts that stick out of their drawing, and so are cut off.
CLIPPED = """
() => [...document.querySelectorAll('.chart svg')].flatMap(svg => {
    const frame = svg.getBoundingClientRect();
    return [...svg.querySelectorAll('text')].filter(text => {
        const box = text.getBoundingClientRect();
        return box.width && (box.left < frame.left - 1 || box.right > frame.right + 1
            || box.top < frame.top - 1 || box.bottom > frame.bottom + 1);
    }).map(text => svg.parentElement.id + ': ' + text.textContent);
})
"""
OVERFLOWING = """
() => [...document.querySelectorAll('main *, header *')].filter(element => {
    const box = element.getBoundingClientRect();
    return box.right > innerWidth + 1 && !element.closest('.scrolls') && !element.closest('svg');
}).map(element => element.tagName + '.' + element.className)
"""


@pytest.fixture(params=PAGES)
def any_page(request):
    return request.getfixturevalue(request.param)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_page_draws_by_itself(visit, any_page, width, scheme):
    seen = visit(any_page, width, scheme).drawn()
    assert seen.complaints == []
    assert seen.asked == [seen.url]
    charts = seen.page.locator(".chart").all()
    assert len(charts) >= 7
    assert {chart.get_attribute("id"): chart.locator(MARKS).count() > 0 for chart in charts} == {
        chart.get_attribute("id"): True for chart in charts
    }
    assert all(chart.get_attribute("aria-label") for chart in charts)


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_overflows_and_no_text_is_clipped(visit, any_page, width):
    page = visit(any_page, width).drawn().page
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(OVERFLOWING) == []
    assert page.evaluate(CLIPPED) == []


def test_a_clipped_text_would_be_found(visit, sample_page):
    page = visit(sample_page).drawn().page
    page.evaluate("document.querySelector('.chart svg text').setAttribute('x', -900)")
    assert len(page.evaluate(CLIPPED)) == 1


def test_print_has_black_ink_whole_texts_and_nothing_beyond_the_paper(visit, hostile_page):
    page = visit(hostile_page, scheme="dark").drawn().page
    page.emulate_media(media="print")
    # A4 less margins, at 96 pixels to an inch
    page.set_viewport_size({"width": 718, "height": 1000})
    assert (
        page.evaluate(
            "[...document.querySelectorAll('table, .chart svg')].filter("
            "element => element.getBoundingClientRect().right > innerWidth + 1).length"
        )
        == 0
    )
    assert page.evaluate("getComputedStyle(document.querySelector('.chart text')).fill") == (
        "rgb(0, 0, 0)"
    )
    assert (
        page.evaluate(
            "[...document.querySelectorAll('.pair:not([hidden]) .text')].filter("
            "text => text.scrollHeight > text.clientHeight + 1).length"
        )
        == 0
    )


def test_pairs_are_switched_and_filtered(visit, sample_page, sample_database):
    page = visit(sample_page).drawn().page
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        counts = dict(
            connection.execute(
                "select strategy, count(*) from pair_examples group by all order by all"
            ).fetchall()
        )
        model, strategy, with_model = connection.execute(
            "select model, strategy, count(*) from ("
            "select chosen_model as model, strategy from pair_examples union all "
            "select rejected_model, strategy from pair_examples) group by all order by all limit 1"
        ).fetchone()
    assert len(counts) > 5
    for name, count in counts.items():
        page.select_option("#pick-strategy", label=name)
        titles = page.locator(".pair:visible h3").all_inner_texts()
        assert len(titles) == count
        assert all(title.startswith(f"{name}: ") for title in titles)
    page.select_option("#pick-strategy", label=strategy)
    page.select_option("#pick-model", label=model)
    assert page.locator(".pair:visible").count() == with_model
    assert page.locator("#picked").inner_text() == f"{with_model} pair" + "s" * (with_model > 1)
    page.select_option("#pick-strategy", label="all")
    page.select_option("#pick-model", label="any")
    assert page.locator(".pair:visible").count() == sum(counts.values())


def test_a_chart_follows_its_selection(visit, sample_page, sample_database):
    page = visit(sample_page).drawn().page
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        shares = connection.execute(
            "select strategy, max(chosen_share) from model_balance group by all order by all"
        ).fetchall()
    for strategy, share in shares:
        page.select_option("select[data-chart=balance]", label=strategy)
        page.wait_for_function(
            "share => [...document.querySelectorAll('#chart-balance path[aria-label]')]"
            ".some(mark => mark.getAttribute('aria-label').includes(share))",
            arg=f"{share:.1%}",
        )


def test_hover_shows_the_values(visit, sample_page, sample_database):
    page = visit(sample_page).drawn().page
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        model, quality = connection.execute(
            "select model, quality from pool_models order by quality_rank limit 1"
        ).fetchone()
    assert not page.locator("#tip").is_visible()
    page.locator(f"#chart-quality .mark-rect path[aria-label*='{model}']").first.hover()
    text = page.locator("#tip").inner_text()
    assert model in text
    assert f"{quality:.3f}" in text


def test_hostile_names_and_texts_are_text_and_nothing_else(visit, hostile_page):
    seen = visit(hostile_page).drawn()
    page = seen.page
    assert page.evaluate("window.ran") is None
    assert page.locator("img, main b, main article script").count() == 0
    assert seen.complaints == []
    shown = page.locator(".pair:visible .text.chosen").first
    assert "</script><script>window.ran='response'</script>" in shown.inner_text()
    assert "\\u202Eturned\\u202C \\u0007bell {{ 7 * 7 }}" in shown.inner_text()
    assert "\u202e" not in page.content()
    titles = page.locator(".pair h3 bdi").all_inner_texts()
    assert any(title.startswith("</script><script>window.ran='model'") for title in titles)
    mark = page.locator("#chart-quality .mark-rect path[aria-label*='window.ran']").first
    mark.hover()
    assert "</script><script>window.ran='model'" in page.locator("#tip").inner_text()
    assert page.locator("#tip img, #tip script").count() == 0
    assert page.evaluate("window.ran") is None


def test_what_is_cut_is_counted(visit, hostile_page, hostile_database):
    page = visit(hostile_page).drawn().page
    page.select_option("#pick-strategy", label="all")
    with duckdb.connect(str(hostile_database), read_only=True) as connection:
        left_out = connection.execute(
            "select max(length(response)) - 2000 from responses where response_id in ("
            "select chosen_response_id from pair_examples union all "
            "select rejected_response_id from pair_examples)"
        ).fetchone()[0]
    asides = page.locator(".side .aside").all_inner_texts()
    assert f"{left_out:,} more characters are left out." in asides
    lengths = page.evaluate(
        "[...document.querySelectorAll('.side .text')].map(text => text.textContent.length)"
    )
    # escapes are longer than what they stand for
    assert max(lengths) < 2100


def test_charts_show_sixty_models_and_say_so(visit, hostile_page):
    page = visit(hostile_page).drawn().page
    assert "60 models with most responses; 10 more are left out" in page.inner_text("header")
    assert page.locator("#chart-quality .mark-rect path").count() == 60


def test_a_changed_byte_in_the_bundle_is_refused(visit, sample_page, tmp_path):
    text = sample_page.read_text(encoding="utf-8")
    start = text.index("<script>", text.index('id="tip"')) + len("<script>")
    place = text.index("/*", start) if "/*" in text[start : start + 99] else start
    changed = tmp_path / "changed.html"
    changed.write_text(text[:place] + " " + text[place:], encoding="utf-8", newline="\n")
    seen = visit(changed).drawn()
    assert any("Content Security Policy" in complaint for complaint in seen.complaints)
    assert seen.page.evaluate("typeof vegaEmbed") == "undefined"
    assert seen.page.locator(".chart svg").count() == 0


@pytest.mark.parametrize(
    "injected",
    [
        "<script>window.ran = 1</script>",
        "<img src=x onerror='window.ran = 1'>",
        "<script src='data:text/javascript,window.ran=1'></script>",
        "<style>body { color: red }</style>",
    ],
)
def test_what_would_get_past_the_escaping_is_refused(visit, sample_page, tmp_path, injected):
    text = sample_page.read_text(encoding="utf-8")
    changed = tmp_path / "changed.html"
    changed.write_text(text.replace("<main>", f"<main>{injected}"), encoding="utf-8", newline="\n")
    seen = visit(changed).drawn()
    assert seen.page.evaluate("window.ran") is None
    assert any("Content Security Policy" in complaint for complaint in seen.complaints)
    assert seen.asked == [seen.url]


def test_the_policy_is_hashes_alone(sample_page):
    text = sample_page.read_text(encoding="utf-8")
    [policy] = re.findall(r'Content-Security-Policy" content="([^"]*)"', text)
    assert re.fullmatch(
        r"default-src 'none'; script-src 'sha256-\S{44}' 'sha256-\S{44}'; "
        r"style-src 'sha256-\S{44}'; base-uri 'none'; form-action 'none'",
        policy.replace("&#39;", "'"),
    )


def test_the_same_bytes_every_time(hostile_database, hostile_page, pages):
    before = hostile_database.read_bytes()
    again = write_page(hostile_database, pages / "again.html")
    assert again.read_bytes() == hostile_page.read_bytes()
    assert hostile_database.read_bytes() == before


def test_the_page_is_under_three_megabytes(sample_page, hostile_page):
    assert sample_page.stat().st_size < 3_000_000
    assert hostile_page.stat().st_size < 3_000_000


def test_figures_are_those_of_the_relations(visit, sample_page, sample_database):
    page = visit(sample_page).drawn().page
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        rows = connection.execute(
            "select strategy, pairs, abstentions from strategy_summary order by strategy"
        ).fetchall()
    table = page.locator("#figure-summary tbody tr").all()
    cells = [row.locator("td").all_inner_texts()[:3] for row in table]
    assert cells == [[name, f"{pairs:,}", f"{without:,}"] for name, pairs, without in rows]


def test_a_file_is_kept_unless_forced(sample_database, tmp_path):
    path = tmp_path / "report.html"
    path.write_text("mine")
    command = [sys.executable, "-m", "zebra", "--database", sample_database, "report", "-o", path]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert "use --force to replace it" in done.stderr
    assert path.read_text() == "mine"
    done = subprocess.run([*command, "--force", "--quiet"], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert path.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [file.name for file in tmp_path.iterdir()] == ["report.html"]


@pytest.mark.parametrize("status", [0, 1])
def test_it_is_opened_in_the_browser_there_is(sample_database, tmp_path, status):
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" > {tmp_path}/opened\nexit {status}\n')
    browser.chmod(0o755)
    path = tmp_path / "report.html"
    # so that a second choice, where it has one, is not taken
    environment = {**os.environ, "BROWSER": f"{browser} %s", "PATH": str(tmp_path), "DISPLAY": ""}
    command = [sys.executable, "-m", "zebra", "--database", sample_database, "report", "-o", path]
    done = subprocess.run([*command, "--open"], capture_output=True, text=True, env=environment)
    assert done.returncode == 0
    assert (tmp_path / "opened").read_text().strip() == path.as_uri()
    assert ("There is no browser" in done.stderr) == (status == 1)


def test_figures_in_doubt_and_figures_that_differ_are_marked(visit, sample_database, tmp_path):
    database = tmp_path / "zebra.duckdb"
    for ending in ("", ".wal"):
        written = sample_database.with_name(sample_database.name + ending)
        if written.exists():
            shutil.copy(written, database.with_name(database.name + ending))
    with duckdb.connect(str(database)) as connection:
        for name, kind in connection.execute(
            "select table_name, if(table_type = 'VIEW', 'view', 'table') "
            "from information_schema.tables "
            "where table_name in ('doubtful_figures', 'figures_elsewhere')"
        ).fetchall():
            connection.execute(f"drop {kind} {name}")
        [(first, score), (second, other), (third, same)] = connection.execute(
            "select benchmark, raw_score from behavior_scores where model = 'alpaca-7b' "
            "and not is_imputed order by benchmark limit 3"
        ).fetchall()
        connection.execute(
            "create table doubtful_figures as select 'alpaca-7b' as model, ? as benchmark, "
            "? as score, 77.5 as expected_score, -9.5 as deviation, 'off_the_line' as reason",
            [first, score],
        )
        connection.execute(
            "create table figures_elsewhere as select 'alpaca-7b' as model, "
            "unnest([?, ?]) as benchmark, unnest([?, ?]) as score, 'there' as leaderboard, "
            "unnest([?, ?]) as score_there, unnest([-10.0, 0.0]::double[]) as difference, "
            "unnest(['gpt-4', null]) as same_as_model",
            [second, third, other, same, other + 10, same],
        )
    page = visit(write_page(database, tmp_path / "report.html")).drawn().page
    for key, cells in (
        ("doubtful", ["alpaca-7b", first, f"{score:.4g}", "77.5", "-9.5", "off_the_line"]),
        (
            "elsewhere",
            ["alpaca-7b", second, f"{other:.4g}", "there", f"{other + 10:.4g}", "-10", "gpt-4"],
        ),
    ):
        [row] = page.locator(f"#figure-{key} tbody tr").all()
        assert row.locator("td").all_inner_texts() == cells
    assert "Of 2 figures" in page.locator("#figure-elsewhere").inner_text()
    for state, benchmark in (("doubtful", first), ("differs elsewhere", second)):
        [mark] = page.locator(f"#chart-quality path[aria-label*='{state}']").all()
        label = mark.get_attribute("aria-label")
        assert "alpaca-7b" in label and benchmark in label
    assert page.evaluate(CLIPPED) == []


def test_progress_is_for_terminals(sample_database, tmp_path):
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "zebra", "--database", sample_database, "report"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    try:
        while block := os.read(ours, 4096):
            shown += block
    except OSError:
        pass  # Linux ends a terminal without writers so.
    assert process.communicate()[0] == b""
    assert process.returncode == 0
    assert b" 25%  figures" in shown and b" 100%  page" in shown
    assert b"Wrote report.html (" in shown
