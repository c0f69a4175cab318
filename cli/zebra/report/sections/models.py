"""The models: the figures behind their quality, and how alike they are."""

import pandas

from zebra.report.charts.models import likeness, quality
from zebra.report.data import BENCHMARKS_SHOWN
from zebra.report.figure import Figure, Section, counted, table

# Difference of a figure from another leaderboard's, as a share of the larger one, that is marked.
_DIFFERS = 0.05


def figures_section(source, names, models):
    """Quality by model with the figures it comes from, those in doubt, and the sources."""
    doubtful = _figures_in_doubt(source, names, models)
    elsewhere = _figures_elsewhere(source, names, models)
    figures = [_quality(source, names, models, doubtful, elsewhere)]
    if doubtful is not None:
        figures.append(_doubtful(doubtful))
    if elsewhere is not None:
        figures.append(_elsewhere(elsewhere))
    return Section("figures", "The figures", [*figures, _sources(source, names)])


def _quality(source, names, models, doubtful, elsewhere):
    scores = source.select(
        "model, benchmark, raw_score, score, is_imputed",
        "behavior_scores",
        f"where {source.among('model', models['model'])} order by benchmark, model",
    )
    coverage = source.select(
        "model, n_benchmarks, coverage",
        "model_quality",
        f"where {source.among('model', models['model'])} order by model",
    )
    benchmarks = sorted(scores["benchmark"].unique())
    scores["state"] = ["imputed" if it else "published" for it in scores["is_imputed"]]
    # Doubt weighs more than a difference: it is marked last.
    for state, marked in (("differs elsewhere", elsewhere), ("doubtful", doubtful)):
        if marked is not None:
            found = marked[marked["is_marked"]]
            of = set(zip(found["raw_model"], found["raw_benchmark"]))
            scores["state"] = [
                state if key in of else was
                for key, was in zip(zip(scores["model"], scores["benchmark"]), scores["state"])
            ]
    shown = models.merge(coverage, on="model", how="left")
    shown["covered"] = [f"{n} of {len(benchmarks)}" for n in shown["n_benchmarks"]]
    figures = scores.copy()
    for frame in (shown, scores, figures):
        frame["model"] = frame["model"].map(names.shown)
    for frame in (scores, figures):
        frame["benchmark"] = frame["benchmark"].map(names.shown)
    dots = scores[scores["benchmark"].isin([names.shown(b) for b in benchmarks[:BENCHMARKS_SHOWN]])]
    left_out = len(benchmarks) - BENCHMARKS_SHOWN
    more = f" Dots of {counted(left_out, 'benchmark')} more are left out." if left_out > 0 else ""
    if (scores["state"] == "imputed").any():
        crosses = " A cross is a mean put in for a missing figure, and counts for likeness alone."
        more = crosses + more
    return Figure(
        "quality",
        "Quality",
        "A bar is a model's quality, the weighted mean of its dots, which are its scores on the "
        f"benchmarks; at the right, how many of the {len(benchmarks)} it has.{more}",
        ("model_quality", "behavior_scores"),
        table(
            shown.assign(rank=range(1, len(shown) + 1)),
            ("rank", "place", "d"),
            ("model", "model", None),
            ("quality", "quality", ".3f"),
            ("n_benchmarks", "benchmarks", "d"),
            ("coverage", "coverage", ".0%"),
            ("responses", "responses", ",d"),
            ("mean_chars", "mean characters", ",.0f"),
        ),
        chart=quality(shown, dots),
    )


def _figures_in_doubt(source, names, models):
    if not source.has("doubtful_figures"):
        return None
    frame = source.select(
        "model, benchmark, score, expected_score, deviation, reason",
        "doubtful_figures",
        f"where {source.among('model', models['model'])} "
        "order by abs(deviation) desc nulls last, model, benchmark, reason",
    )
    return _named(frame, names).assign(is_marked=True)


def _figures_elsewhere(source, names, models):
    if not source.has("figures_elsewhere"):
        return None
    frame = source.select(
        "model, benchmark, score, leaderboard, score_there, difference, same_as_model",
        "figures_elsewhere",
        f"where {source.among('model', models['model'])} "
        "order by abs(difference) desc nulls last, model, benchmark, leaderboard",
    )
    is_marked = [
        difference is not None and abs(difference) > _DIFFERS * max(abs(score), abs(there))
        for difference, score, there in zip(
            frame["difference"], frame["score"], frame["score_there"]
        )
    ]
    # an empty list alone would be of no type
    frame["is_marked"] = pandas.Series(is_marked, index=frame.index, dtype=bool)
    frame["same_as_model"] = [
        names.shown(name) if isinstance(name, str) else name for name in frame["same_as_model"]
    ]
    frame["leaderboard"] = frame["leaderboard"].map(names.shown)
    return _named(frame, names)


def _named(frame, names):
    return frame.assign(
        raw_model=frame["model"],
        raw_benchmark=frame["benchmark"],
        model=frame["model"].map(names.shown),
        benchmark=frame["benchmark"].map(names.shown),
    )


def _doubtful(frame):
    return Figure(
        "doubtful",
        "Doubtful figures",
        "These are far from what the model's other figures lead one to expect, or at chance; look "
        "them up before you train.",
        ("doubtful_figures",),
        table(
            frame,
            ("model", "model", None),
            ("benchmark", "benchmark", None),
            ("score", "figure", ".4g"),
            ("expected_score", "expected", ".4g"),
            ("deviation", "deviation", ".1f"),
            ("reason", "reason", None),
        ),
        nothing=None if len(frame) else "No figure of these models is in doubt.",
    )


def _elsewhere(frame):
    differing = frame[frame["is_marked"]]
    return Figure(
        "elsewhere",
        "Figures that differ elsewhere",
        f"Of {counted(len(frame), 'figure')} that a shipped leaderboard has as well, these are "
        "more than a twentieth apart.",
        ("figures_elsewhere",),
        table(
            differing,
            ("model", "model", None),
            ("benchmark", "benchmark", None),
            ("score", "figure", ".4g"),
            ("leaderboard", "leaderboard", None),
            ("score_there", "figure there", ".4g"),
            ("difference", "difference", "+.4g"),
            ("same_as_model", "is there the figure of", None),
        ),
        nothing=None if len(differing) else "No figure differs by more than a twentieth.",
    )


def _sources(source, names):
    frame = source.select(
        "leaderboard, source, figures, models, benchmarks",
        "leaderboard_sources",
        "order by figures desc, source",
    )
    leaderboards = ", ".join(sorted({names.shown(name) for name in frame["leaderboard"]}))
    frame["source"] = frame["source"].map(names.long)
    return Figure(
        "sources",
        "Where the figures come from",
        f"The leaderboard of this build is {leaderboards}; each figure names its source.",
        ("leaderboard_sources",),
        table(
            frame,
            ("source", "source", None),
            ("figures", "figures", ",d"),
            ("models", "models", ",d"),
            ("benchmarks", "benchmarks", ",d"),
        ),
    )


def likeness_section(source, names, models):
    """Heat map of similarity, models in order of quality."""
    known = models["model"]
    pairs = source.select(
        "model_a, model_b, similarity, shared_benchmarks",
        "model_similarity",
        f"where {source.among('model_a', known)} and {source.among('model_b', known)} "
        "order by model_a, model_b",
    )
    turned = pairs.rename(columns={"model_a": "model_b", "model_b": "model_a"})
    cells = pandas.concat([pairs, turned], ignore_index=True)
    cells = cells.rename(columns={"model_a": "model", "model_b": "other"})
    for frame, columns in ((pairs, ["model_a", "model_b"]), (cells, ["model", "other"])):
        for column in columns:
            frame[column] = frame[column].map(names.shown)
    order = [names.shown(name) for name in known]
    figure = Figure(
        "likeness",
        "Similarity of models",
        "The darker a field, the more alike two models are, and the harder a pair of theirs; "
        "the best models are first.",
        ("model_similarity",),
        table(
            pairs,
            ("model_a", "model", None),
            ("model_b", "and", None),
            ("similarity", "similarity", ".3f"),
            ("shared_benchmarks", "benchmarks in common", "d"),
        ),
        chart=likeness(cells, order) if len(cells) else None,
        nothing=None if len(cells) else "There is one model alone.",
    )
    return Section("likeness", "Likeness", [figure])
