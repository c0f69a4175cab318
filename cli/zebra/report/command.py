"""The command `zebra report`."""

import sys
import webbrowser
from pathlib import Path

import click

from zebra.database import Database
from zebra.errors import DataError
from zebra.files import check_page, whole_file

# What the command does, each a step of its bar.
_STEPS = ("figures", "texts", "charts", "page")


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default="report.html",
    show_default=True,
    metavar="FILE",
    help="File to write, in a folder that exists.",
)
@click.option("--open", "opens", is_flag=True, help="Open it in the browser when it is written.")
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    callback=lambda context, _, value: value or context.parent.params["database"],
    help="DuckDB file that dbt build wrote.  [env var: ZEBRA_DATABASE; default: zebra.duckdb]",
)
def report(output, opens, quiet, force, database):
    """Write a page of charts and pairs to look at, before anyone trains.

    The page is one HTML file that needs no network: the pool and what was left out, the models'
    figures and how alike they are, what came of each strategy, what its labels are worth, balance
    and length, and pairs with both answers side by side. Everything in it comes from relations
    that zebra tables lists, and the page says from which.

    Needs the packages in requirements-report.lock. The same database and command give the same
    bytes.

    \b
      zebra report -o report.html
      zebra report --force --open
    """
    with Database(database) as opened:
        target = check_page(output, force=force, database=database)
        build_page = _page_builder()
        with _progress(quiet) as advance, whole_file(target) as part:
            page = build_page(opened, database.name, advance)
            part.write_bytes(page)
    if not quiet:
        click.echo(f"Wrote {output} ({len(page):,} bytes).", err=True)
    if opens and not webbrowser.open(target.as_uri()):
        click.echo(f"There is no browser to open it in: open {output} yourself.", err=True)


def _page_builder():
    try:
        from zebra.report.page import build_page
    except ModuleNotFoundError as error:
        missing = (error.name or "").split(".")[0]
        if missing not in ("altair", "vl_convert", "narwhals"):
            raise
        raise DataError(
            f"The report needs the package {missing.replace('_', '-')}: "
            "install what it needs with pip install -r requirements-report.lock"
        ) from None
    return build_page


class _progress:
    """A bar of steps on a terminal, and nothing elsewhere."""

    def __init__(self, quiet):
        self._bar = click.progressbar(
            length=len(_STEPS),
            label="report",
            hidden=quiet or not sys.stderr.isatty(),
            file=sys.stderr,
            show_eta=False,
            item_show_func=lambda step: step,
        )

    def __enter__(self):
        self._bar.__enter__()
        return self._advance

    def __exit__(self, *error):
        return self._bar.__exit__(*error)

    def _advance(self, step):
        self._bar.update(1, step)
