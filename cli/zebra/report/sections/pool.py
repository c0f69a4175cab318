"""The pool: what was read, and what became of it."""

import pandas

from zebra.report.charts.pool import abstentions, outcomes
from zebra.report.figure import Figure, Section, counted, table


def pool_section(source, names, strategies):
    """Files, shapes, what could not be used and why, and prompts without a pair."""
    files = source.select(
        "source_file, shape, records, prompts, responses, usable_responses, "
        "quarantined_responses, scored_responses",
        "pool_summary",
        "order by source_file",
    )
    files["file"] = files["source_file"].map(names.shown)
    [[prompts]] = source.select("max(prompts) as prompts", "strategy_summary").values
    return Section(
        "pool",
        "The pool",
        [
            _files(files),
            _outcomes(source, files, prompts or 0),
            _abstentions(source, strategies, prompts or 0),
        ],
    )


def _files(files):
    return Figure(
        "files",
        "Files",
        f"The pool is {counted(len(files), 'file')}; the shape says how each was read.",
        ("pool_summary",),
        table(
            files,
            ("file", "file", None),
            ("shape", "shape", None),
            ("records", "records", ",d"),
            ("prompts", "prompts", ",d"),
            ("responses", "responses", ",d"),
            ("usable_responses", "usable", ",d"),
            ("quarantined_responses", "quarantined", ",d"),
            ("scored_responses", "with a score", ",d"),
        ),
    )


def _outcomes(source, files, prompts):
    reasons = source.select(
        "reason as outcome, count(*) as responses",
        "quarantined_responses",
        "group by reason order by responses desc, reason",
    )
    usable = pandas.DataFrame(
        [("usable", int(files["usable_responses"].sum()))], columns=["outcome", "responses"]
    )
    frame = pandas.concat([usable, reasons], ignore_index=True).astype(object)
    frame["is_usable"] = frame["outcome"] == "usable"
    refused = int(files["quarantined_responses"].sum())
    return Figure(
        "outcomes",
        "Responses",
        f"{counted(int(files['usable_responses'].sum()), 'response')} to "
        f"{counted(prompts, 'prompt')} can be used and {refused:,} cannot, by reason.",
        ("pool_summary", "quarantined_responses"),
        table(frame, ("outcome", "what became of it", None), ("responses", "responses", ",d")),
        chart=outcomes(frame),
    )


def _abstentions(source, strategies, prompts):
    frame = source.select(
        "strategy, reason, count(*) as prompts",
        "abstentions",
        "group by strategy, reason order by strategy, reason",
    )
    return Figure(
        "abstentions",
        "Prompts without a pair",
        f"How many of {counted(prompts, 'prompt')} a strategy gives no pair, and why.",
        ("abstentions",),
        table(
            frame,
            ("strategy", "strategy", None),
            ("reason", "reason", None),
            ("prompts", "prompts", ",d"),
        ),
        chart=abstentions(frame, strategies) if len(frame) else None,
        nothing=None if len(frame) else "Every strategy gives every prompt a pair.",
    )
