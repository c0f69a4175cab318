"""The commands. Each asks the database and prints or writes what it says."""

import os
import sys
from pathlib import Path

import click

from zebra import __version__
from zebra.benchmarks import append_benchmarks, csv_of, proposals, unknown_models
from zebra.database import Database, literal
from zebra.display import counted, show_rows
from zebra.errors import DataError
from zebra.export_command import export
from zebra.files import write_json_lines
from zebra.inspect import (
    columns_of_options,
    inspect_leaderboard,
    inspect_pool,
    line_for_project,
    print_leaderboard,
    print_pool,
)
from zebra.report.command import report

DEFAULT_LIMIT = 20


class _Group(click.Group):
    def invoke(self, context):
        try:
            super().invoke(context)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader (head, less) has seen enough.
            _forget_output()
            context.exit(0)
        except OSError as error:
            # What commands write elsewhere they answer for themselves.
            _forget_output()
            what = error.filename or "Standard output"
            raise DataError(f"{what} cannot be written: {error.strerror or error}") from None


def _forget_output():
    # Or else Python would complain again at exit.
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""
    Examples:

    \b
      zebra tables
      zebra show preferences_similarity --limit 3
      zebra sql "select strategy, count(*) from preference_pairs group by all"
      zebra export preferences_trusted -o data/
      zebra report -o report.html

    Exit status:

    \b
      0    done
      1    the data, the database or the disk is at fault
      2    the call is
      130  interrupted
    """,
)
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    envvar="ZEBRA_DATABASE",
    default="zebra.duckdb",
    show_default=True,
    show_envvar=True,
    help="DuckDB file that dbt build wrote.",
)
@click.version_option(__version__, prog_name="zebra")
def cli(database):
    """Look at the preference data that dbt build made, and export it.

    The database is opened read-only and never changed. Any number of zebra commands may read it
    at once; while dbt build writes it, they say so and end.
    """


cli.add_command(export)
cli.add_command(report)


def _database_option(command):
    # Also taken after the command's name, where people look for it first.
    return click.option(
        "--database",
        type=click.Path(path_type=Path),
        callback=lambda context, _, value: value or context.parent.params["database"],
        help="DuckDB file that dbt build wrote.  [env var: ZEBRA_DATABASE; default: zebra.duckdb]",
    )(command)


def _json_option(command):
    return click.option(
        "--json",
        "as_json",
        is_flag=True,
        help="Print JSON lines, values whole, instead of a table.",
    )(command)


def _limit_option(command):
    return click.option(
        "--limit",
        type=click.IntRange(min=1),
        metavar="N",
        help=f"Print at most N rows.  [default: {DEFAULT_LIMIT}, with --json all]",
    )(command)


def _project_option(command):
    return click.option(
        "--project",
        type=click.Path(path_type=Path, file_okay=False),
        default=".",
        show_default=True,
        help="Folder of dbt_project.yml.",
    )(command)


@cli.command()
@click.option("--all", "with_helpers", is_flag=True, help="List helper relations (stg_, int_) too.")
@_json_option
@_database_option
def tables(with_helpers, as_json, database):
    """List the relations: kind, number of rows, what a row is."""
    with Database(database) as opened:
        relations = [
            relation for relation in opened.relations() if with_helpers or not relation.is_helper
        ]
        if not relations:
            click.echo(f"{database} holds no relations: run dbt build first.", err=True)
            return
        query = " union all ".join(
            f"select {literal(relation.name)} as relation, '{relation.kind}' as kind, "
            f"(select count(*) from {relation.sql}) as rows, "
            f"{literal(_first_sentence(relation.description))} as description"
            for relation in relations
        )
        _print(opened, f"{query} order by relation", as_json, limit=len(relations))


@cli.command()
@click.argument("relation")
@click.option("--where", metavar="SQL", help="Only rows for which this condition holds.")
@_limit_option
@_json_option
@_database_option
def show(relation, where, limit, as_json, database):
    """Print rows of RELATION.

    Columns that do not fit the terminal side by side are printed one below the other, and text
    is shortened; --json prints it whole.

    \b
      zebra show model_quality
      zebra show preferences_trusted --where "quality_gap < 0.2" --limit 3
    """
    with Database(database) as opened:
        query = f"select * from {opened.relation(relation).sql}"
        if where is not None:
            query += f" where (\n{where}\n)"
        blame = "--where" if where is not None else None
        _print(opened, query, as_json, limit, blame=blame, count=True)


@cli.command()
@click.argument("query")
@_limit_option
@_json_option
@_database_option
def sql(query, limit, as_json, database):
    """Run one QUERY and print its rows.

    \b
      zebra sql "select chosen_model, count(*) from preferences group by all"
    """
    with Database(database) as opened:
        opened.check_query(query)
        # The line break ends a comment on the query's last line.
        query = query.strip().rstrip(";")
        _print(opened, f"\n{query}", as_json, limit, blame="The SQL")


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("columns", nargs=-1, metavar="[COLUMN]...")
@click.option("--sheet", metavar="NAME", help="Sheet of an XLSX file.  [default: the first]")
@click.option("--write", is_flag=True, help="Write the rows; without it they are printed.")
@_project_option
def benchmarks(file, columns, sheet, write, project):
    """Propose rows of seeds/benchmarks.csv for COLUMNs of the leaderboard in FILE.

    FILE is one that var leaderboard takes, or XLSX, which becomes a CSV file beside it. Without
    COLUMN all columns of numbers count that no benchmark is called like, ranks and votes too: write
    those only that are benchmarks, and check the rows. The unit is told by the figures; capability,
    chance and direction cannot be. Unknown names come with the nearest known one.

    \b
      zebra benchmarks board.xlsx
      zebra benchmarks board.csv "My Eval" --write
    """
    table = csv_of(file, sheet)
    if table != file:
        click.echo(f"Wrote {table}: name it in var leaderboard.", err=True)
    with inspect_leaderboard([str(table)], project=project) as opened:
        known = opened.rows(
            "select column_name, benchmark from stg_leaderboard_columns "
            "where benchmark is not null order by column_number, column_name"
        )
        proposed = proposals(opened, columns)
        models, n_unknown = unknown_models(opened)
    for column, benchmark in known:
        click.echo(f"{column} is {benchmark}")
    for model, nearest in models:
        click.echo(
            f"model {model} is known nowhere else" + (f", near {nearest}" if nearest else "")
        )
    if n_unknown > len(models):
        click.echo(f"{n_unknown - len(models)} more models are known nowhere else")
    for row, (n_figures, lowest, highest, nearest) in proposed:
        click.echo(
            f"{row['benchmark']}: {row['unit']}, {n_figures} figures from {lowest:g} to {highest:g}"
            + (f", near {nearest}" if nearest else "")
        )
    if not write or not proposed:
        if proposed:
            click.echo("Nothing is written: add COLUMNs and --write.", err=True)
        return
    append_benchmarks(project, [row for row, _ in proposed])
    names = ", ".join(row["benchmark"] for row, _ in proposed)
    click.echo(
        f"Wrote {names} to {project / 'seeds' / 'benchmarks.csv'}: set capability, chance, "
        "direction and source there.",
        err=True,
    )


@cli.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--format", "shape", metavar="SHAPE", help="Read the files as this shape.")
@click.option(
    "--columns",
    "options",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Read a field from a column, or from SQL over the columns; once for each field.",
)
@click.option(
    "--leaderboard", is_flag=True, help="The files are a leaderboard's, or its name, not a pool's."
)
@_project_option
def inspect(files, shape, options, leaderboard, project):
    """Say how FILE... would be read, before any build.

    Prints, for each file, the shape and which columns are read as what; how each model's name
    resolves, with the nearest known name for an unknown one; how many of these models each
    leaderboard that ships knows; how many rows can be used; and the first response that can. Reads
    the files with the project's own models, into a database that is thrown away.

    Of a leaderboard it prints which columns are read as which benchmark, in which unit, what is
    left out and why, what is to be settled first, and the line for dbt_project.yml.

    \b
      zebra inspect pool/*.jsonl
      zebra inspect pool.csv --columns prompt=question --columns "score=-rank"
      zebra inspect --leaderboard board.csv
    """
    if leaderboard:
        with inspect_leaderboard(files, project=project) as opened:
            print_leaderboard(opened, files)
        return
    columns = columns_of_options(options)
    with inspect_pool(files, project=project, shape=shape, columns=columns) as opened:
        print_pool(opened)
    if columns:
        click.echo(f"Under vars in dbt_project.yml:\n  {line_for_project(columns)}")


def _print(database, query, as_json, limit, *, blame=None, count=False):
    """Print rows to standard output, and say on standard error when there are more.

    count: whether to say how many there are in all, which runs the query once more.
    """
    if as_json:
        limited = f"select * from ({query}\n) limit {limit}" if limit else query
        write_json_lines(database, limited, sys.stdout.buffer, blame=blame)
        return
    limit = limit or DEFAULT_LIMIT
    found = show_rows(database, query, limit, blame=blame)
    if not found:
        click.echo("0 rows.", err=True)
    elif found > limit and count:
        total = database.rows(f"select count(*) from ({query}\n)", blame=blame)[0][0]
        click.echo(f"{limit:,} of {counted(total)}: use --limit to see more.", err=True)
    elif found > limit:
        click.echo(f"The first {counted(limit)} of more: use --limit to see them.", err=True)


def _first_sentence(text):
    return " ".join(text.split()).split(". ")[0].rstrip(".")
