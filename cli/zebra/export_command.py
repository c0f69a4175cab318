"""The command `zebra export`."""

import json
import sys
from pathlib import Path

import click
from click.core import ParameterSource

from zebra.checks import notes_on, refuse_pairs
from zebra.database import Database
from zebra.display import counted
from zebra.errors import UsageError
from zebra.export import (
    SHARD_ROWS,
    count_rows,
    dataset_info,
    export_file,
    export_folder,
    export_stream,
    pieces_of,
)
from zebra.files import check_output, kind_of, write_json_lines
from zebra.layouts import ORDERS, Selection, chosen_format, formats
from zebra.survey import Survey

_FORMATS = formats()

_SECTIONS = {
    "Which rows": ("strategies", "min_confidence", "where", "limit", "order", "seed"),
    "How a row looks": ("layout", "margin"),
    "Folders only": ("file_type", "shard_rows", "license"),
}


class _Page(click.Command):
    """A command whose help has the formats, and its options in sections."""

    def format_options(self, context, formatter):
        with formatter.section("Formats, and who reads them"):
            formatter.write_dl([(layout.name, layout.summary) for layout in _FORMATS.values()])
        listed = {name: title for title, names in _SECTIONS.items() for name in names}
        records = {title: [] for title in ("Options", *_SECTIONS)}
        for parameter in self.get_params(context):
            if isinstance(parameter, click.Option):
                title = listed.get(parameter.name, "Options")
                records[title].append(parameter.get_help_record(context))
        for title, found in records.items():
            with formatter.section(title):
                formatter.write_dl(found)


@click.command(
    cls=_Page,
    help="Write preference pairs, or rows of any RELATION, for training.\n\n"
    "RELATION is a view preferences_<strategy>, preferences for all strategies, or any other that "
    "zebra tables lists. The ending of -o says what is written:\n\n\b\n"
    "  -o data/          a folder (a name without an ending) that\n"
    "                    datasets.load_dataset opens: a config per strategy,\n"
    "                    the splits train and test, and a dataset card\n"
    "  -o pairs.jsonl    a file: .jsonl, .jsonl.gz, .jsonl.zst, .parquet, .csv\n"
    "  -o -              JSON lines on standard output\n\n"
    "It appears whole or not at all, and the same database and command give the same bytes. Pairs "
    "that would mislead a trainer (blank texts, two answers that are the same, a prompt in two "
    "splits) are refused by their pair_id.\n\n\b\n"
    "Examples:\n"
    "  # what datasets and TRL's DPOTrainer read as it is\n"
    "  zebra export preferences_trusted -o data/\n"
    "  # two strategies, each a config of its own\n"
    "  zebra export preferences -o both/ --strategy trusted --strategy spread\n"
    "  # answers that are good or not, for KTO\n"
    "  zebra export preferences_trusted -o kto.jsonl --format kto\n"
    "  # easy pairs first\n"
    "  zebra export preferences_trusted -o easy/ --order curriculum\n"
    "  # only pairs whose label is likely right, or that hold no refusal\n"
    "  zebra export preferences_trusted -o sure.parquet --min-confidence 0.7\n"
    '  zebra export preferences_trusted -o x.jsonl --where "not chosen_refuses"\n'
    "  # what would be written, and a first look\n"
    "  zebra export preferences_trusted -o data/ --dry-run\n"
    "  zebra export preferences_contrast -o - --limit 3\n"
    "  # any other relation\n"
    "  zebra export model_quality -o quality.csv",
)
@click.argument("relation")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    required=True,
    metavar="PATH",
    help="File or folder to write, in a folder that exists; - is standard output.",
)
@click.option(
    "--format",
    "layout",
    type=click.Choice(list(_FORMATS)),
    metavar="NAME",
    help="One of the formats above.  [default: trl for pairs with texts, else rows]",
)
@click.option(
    "--strategy",
    "strategies",
    multiple=True,
    metavar="NAME",
    help="Only pairs of this strategy; may be given again.",
)
@click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Only pairs whose label_confidence, the chance that the chosen answer is the better one, "
    "is at least P.",
)
@click.option(
    "--where",
    metavar="SQL",
    help="Only rows for which this condition holds, on the columns that zebra show prints.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    metavar="N",
    help="At most the first N rows of the relation, in the order, over all strategies.",
)
@click.option(
    "--order",
    type=click.Choice(ORDERS),
    default="prompt",
    show_default=True,
    help="By strategy and prompt, by strategy from easy to hard, or shuffled.",
)
@click.option(
    "--seed",
    type=int,
    default=0,
    show_default=True,
    metavar="N",
    help="Another shuffle for another number.",
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
    help="Of all its files.",
)
@click.option(
    "--shard-rows",
    type=click.IntRange(min=1),
    default=SHARD_ROWS,
    show_default=True,
    metavar="N",
    help="Most rows of a file.",
)
@click.option(
    "--license",
    default="other",
    show_default=True,
    metavar="NAME",
    help="Licence that its card states.",
)
@click.option(
    "--dry-run", is_flag=True, help="Write nothing: print counts, columns and the first row."
)
@click.option("--quiet", is_flag=True, help="Say nothing but errors.")
@click.option("--force", is_flag=True, help="Replace a file, or a folder that zebra wrote.")
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
        is_folder = not to_stream and kind is None
        if not is_folder:
            _refuse_folder_options(output)
        survey = Survey(opened, selection)
        notes = notes_on(opened, selection, survey, is_one_file=not is_folder)
        if dry_run:
            refuse_pairs(opened, selection)
            _describe(opened, selection, survey, is_folder=is_folder)
            _tell(notes, quiet)
            return
        if to_stream:
            export_stream(opened, selection, survey, sys.stdout.buffer)
            _tell(notes, quiet)
            return
        with progress(opened, selection, survey, quiet) as advance:
            if kind:
                rows = export_file(opened, selection, survey, target, kind, advance=advance)
                size, into = target.stat().st_size, f"to {output}"
            else:
                files, rows = export_folder(
                    opened,
                    selection,
                    survey,
                    target,
                    f".{file_type}",
                    shard_rows=shard_rows,
                    license=license,
                    command=_command(selection, target.name, file_type, shard_rows, license),
                    advance=advance,
                )
                size = sum(file.stat().st_size for file in target.rglob("*") if file.is_file())
                into = f"in {files:,} file{'' if files == 1 else 's'} to {output}"
        _tell(notes, quiet)
        if not quiet:
            click.echo(
                f"Wrote {counted(rows)} of {found.name} "
                f"({selection.layout.name}, {size:,} bytes) {into}.",
                err=True,
            )
            if kind and selection.layout.name == "llamafactory":
                entry = json.dumps({target.name.split(".")[0]: dataset_info(target.name)})
                click.echo(f"Entry for dataset_info.json: {entry}", err=True)


def _tell(notes, quiet):
    for note in [] if quiet else notes:
        click.echo(f"Note: {note}.", err=True)


def _refuse_folder_options(output):
    context = click.get_current_context()
    for name in _SECTIONS["Folders only"]:
        if context.get_parameter_source(name) == ParameterSource.COMMANDLINE:
            option = f"--{name.replace('_', '-')}"
            raise UsageError(f"{option} is for folders, and -o {output} is none: leave it out")


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


def _describe(database, selection, survey, *, is_folder):
    if is_folder:
        for piece in pieces_of(database, selection, survey):
            click.echo(f"{piece.config}, {piece.split}: {counted(piece.rows)}")
    else:
        click.echo(counted(count_rows(database, selection, survey)))
    for name, kind in database.columns(selection.query):
        click.echo(f"{name}: {kind}")
    write_json_lines(database, f"select * from ({selection.query}) limit 1", sys.stdout.buffer)


class progress:
    """A bar of rows and bytes on a terminal, and nothing elsewhere."""

    def __init__(self, database, selection, survey, quiet):
        # Counting is only worth it when somebody watches.
        watched = sys.stderr.isatty() and not quiet
        self._size = 0
        self._bar = click.progressbar(
            length=count_rows(database, selection, survey) if watched else 0,
            label=selection.relation.name,
            hidden=not watched,
            file=sys.stderr,
            show_pos=True,
            info_sep=" rows  ",
            # Sorting and writing go at paces of their own.
            show_eta=False,
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
        if not rows:
            # Of bytes alone it takes no notice.
            self._bar.render_progress()


def _command(selection, name, file_type, shard_rows, license):
    words = ["zebra", "export", selection.relation.name, "-o", name]
    words += ["--format", selection.layout.name]
    for strategy in selection.strategies:
        words += ["--strategy", strategy]
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
