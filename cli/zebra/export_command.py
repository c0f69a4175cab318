"""The command `zebra export`."""

import json
import sys
from pathlib import Path

import click

from zebra.checks import notes_on, refuse_pairs
from zebra.database import Database
from zebra.errors import UsageError
from zebra.export import (
    SHARD_ROWS,
    count_rows,
    dataset_info,
    export_file,
    export_folder,
    export_stream,
    parts_of,
)
from zebra.files import check_output, kind_of, write_json_lines
from zebra.layouts import ORDERS, Selection, chosen_format, formats

_FORMATS = formats()
_WIDTH = max(map(len, _FORMATS))


@click.command(
    help="Write rows of RELATION for training.\n\n"
    "The ending of -o says what is written: one file (.jsonl, .jsonl.gz, .jsonl.zst, .parquet, "
    ".csv), a folder (a name without an ending) that datasets.load_dataset opens, with a config "
    "per strategy, the splits train and test and a dataset card, or JSON lines to standard output "
    "(-). What is written appears whole or not at all, and the same database gives the same "
    "bytes.\n\n\b\n"
    "Formats:\n"
    + "\n".join(f"  {layout.name:<{_WIDTH}}  {layout.summary}" for layout in _FORMATS.values())
    + "\n\n\b\nExamples:\n"
    "  zebra export preferences_trusted -o data/\n"
    "  zebra export preferences_trusted -o pairs.jsonl\n"
    "  zebra export preferences -o data/ --strategy trusted --strategy spread --format kto\n"
    "  zebra export preferences_trusted -o pairs.parquet --order curriculum --min-confidence 0.7\n"
    "  zebra export preferences_contrast -o - --limit 3\n"
    '  zebra export preferences_trusted -o pairs.jsonl --where "not chosen_refuses"\n'
    "  zebra export model_quality -o quality.csv"
)
@click.argument("relation")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    metavar="PATH",
    help="File or folder to write, in a folder that exists, or - for standard output.",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(list(_FORMATS)),
    help="Layout of a row.  [default: trl for pairs with texts, else rows]",
)
@click.option(
    "--strategy",
    "strategies",
    multiple=True,
    metavar="NAME",
    help="Only this strategy; may be given again.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Only pairs whose label_confidence is at least P.",
)
@click.option(
    "--where",
    metavar="SQL",
    help="Only rows for which this condition on the relation's columns holds.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="At most the first N rows of the relation, in the order.",
)
@click.option(
    "--order",
    type=click.Choice(ORDERS),
    default="prompt",
    show_default=True,
    help="By strategy and prompt, from easy to hard, or shuffled.",
)
@click.option(
    "--seed", type=int, default=0, show_default=True, help="Another shuffle for another number."
)
@click.option(
    "--margin",
    is_flag=True,
    help="Add a column margin, the quality gap, which TRL and OpenRLHF put into the loss.",
)
@click.option(
    "--file-type",
    type=click.Choice(["parquet", "jsonl"]),
    default="parquet",
    show_default=True,
    help="Of the files in a folder.",
)
@click.option(
    "--shard-rows",
    type=click.IntRange(min=1),
    default=SHARD_ROWS,
    show_default=True,
    metavar="N",
    help="Most rows of a file in a folder.",
)
@click.option(
    "--license",
    default="other",
    show_default=True,
    metavar="NAME",
    help="Licence that the card of a folder states.",
)
@click.option(
    "--dry-run", is_flag=True, help="Write nothing: print counts, columns and the first row."
)
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option(
    "--force", is_flag=True, help="Replace what is there, if zebra wrote it or it is a file."
)
@click.option(
    "--database",
    type=click.Path(path_type=Path),
    callback=lambda context, _, value: value or context.parent.params["database"],
    help="DuckDB file that dbt build wrote.  [env var: ZEBRA_DATABASE; default: zebra.duckdb]",
)
def export(
    relation,
    output,
    layout,
    strategies,
    min_confidence,
    where,
    limit,
    order,
    seed,
    margin,
    file_type,
    shard_rows,
    license,
    dry_run,
    quiet,
    force,
    database,
):
    with Database(database) as opened:
        found = opened.relation(relation)
        selection = Selection(
            relation=found,
            layout=chosen_format(found, layout),
            strategies=tuple(dict.fromkeys(strategies)),
            min_confidence=min_confidence,
            where=where,
            limit=limit,
            order=order,
            seed=seed,
            margin=margin,
        )
        _check_strategies(opened, selection)
        to_stream = str(output) == "-"
        target = kind = None
        if not to_stream:
            target = check_output(output, force=force or dry_run, database=database)
            kind = kind_of(output)
        notes = notes_on(opened, selection)
        if dry_run:
            refuse_pairs(opened, selection)
            _describe(opened, selection, is_folder=not to_stream and kind is None)
            return
        if to_stream:
            export_stream(opened, selection, sys.stdout.buffer)
            _tell(notes, quiet)
            return
        with _progress(opened, selection, quiet) as advance:
            if kind:
                rows = export_file(opened, selection, target, kind, advance=advance)
                size, into = target.stat().st_size, f"to {output}"
            else:
                files, rows = export_folder(
                    opened,
                    selection,
                    target,
                    f".{file_type}",
                    shard_rows=shard_rows,
                    license=license,
                    command=_command(selection, file_type, shard_rows, license),
                    advance=advance,
                )
                size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
                into = f"in {files:,} file{'' if files == 1 else 's'} to {output}"
        _tell(notes, quiet)
        if not quiet:
            counted = f"{rows:,} row{'' if rows == 1 else 's'}"
            click.echo(
                f"Wrote {counted} of {found.name} "
                f"({selection.layout.name}, {size:,} bytes) {into}.",
                err=True,
            )
            if kind and selection.layout.name == "llamafactory":
                entry = json.dumps({target.name.split(".")[0]: dataset_info(target.name)})
                click.echo(f"Entry for dataset_info.json: {entry}", err=True)


def _tell(notes, quiet):
    for note in [] if quiet else notes:
        click.echo(f"Note: {note}.", err=True)


def _check_strategies(database, selection):
    if not selection.strategies:
        return
    known = [
        name
        for (name,) in database.rows(
            f"select distinct strategy from {selection.relation.sql} order by strategy"
        )
    ]
    for name in selection.strategies:
        if name not in known:
            raise UsageError(
                f"--strategy {name}: {selection.relation.name} has pairs of "
                f"{', '.join(known) or 'none'}"
            )


def _describe(database, selection, *, is_folder):
    if is_folder:
        for config, split, _, rows in parts_of(database, selection):
            click.echo(f"{config}, {split}: {rows:,} rows")
    else:
        click.echo(f"{count_rows(database, selection):,} rows")
    for name, kind in database.columns(selection.query):
        click.echo(f"{name}: {kind}")
    write_json_lines(database, f"select * from ({selection.query}) limit 1", sys.stdout.buffer)


class _progress:
    """A bar of rows and bytes on a terminal, and nothing elsewhere."""

    def __init__(self, database, selection, quiet):
        # Counting is only worth it when somebody watches.
        self._watched = sys.stderr.isatty() and not quiet
        total = count_rows(database, selection) if self._watched else 0
        self._size = 0
        self._bar = click.progressbar(
            length=total,
            label=selection.relation.name,
            hidden=not self._watched,
            file=sys.stderr,
            item_show_func=lambda _: f"{self._size / 1e6:,.1f} MB",
        )

    def __enter__(self):
        self._bar.__enter__()
        return self._advance

    def __exit__(self, *error):
        return self._bar.__exit__(*error)

    def _advance(self, rows, size):
        self._size += size
        self._bar.update(rows)


def _command(selection, file_type, shard_rows, license):
    words = ["zebra", "export", selection.relation.name, "--format", selection.layout.name]
    for name in selection.strategies:
        words += ["--strategy", name]
    for option, value, default in (
        ("--min-confidence", selection.min_confidence, None),
        ("--where", selection.where, None),
        ("--limit", selection.limit, None),
        ("--order", selection.order, "prompt"),
        ("--seed", selection.seed, 0),
        ("--file-type", file_type, "parquet"),
        ("--shard-rows", shard_rows, SHARD_ROWS),
        ("--license", license, "other"),
    ):
        if value != default:
            words += [option, str(value)]
    return words + (["--margin"] if selection.margin else [])
