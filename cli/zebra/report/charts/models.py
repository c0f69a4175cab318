"""Charts of the models: how good they are, and how alike."""

import altair as alt

from zebra.report.charts.style import (
    BLUE,
    ORANGE,
    RED,
    ROW,
    data,
    rows_of,
    specification,
    tip,
)

# What a dot stands for, with its shape and colour.
_DOTS = {
    "published": ("circle", "currentColor"),
    "imputed": ("cross", "currentColor"),
    "doubtful": ("triangle-up", RED),
    "differs elsewhere": ("diamond", ORANGE),
}
# A heat map of more models than this scrolls sideways.
_MODELS_IN_WIDTH = 20


def quality(models, scores):
    """Bars of quality, best first, with the model's normalised scores as dots on them."""
    names = list(models["model"])
    y = alt.Y("model:N", **rows_of(names))
    bars = (
        alt.Chart(data(models, "model", "quality", "coverage", "n_benchmarks"))
        .mark_bar(color=BLUE, opacity=0.55)
        .encode(
            y=y,
            x=alt.X(
                "quality:Q",
                title="quality, and normalised scores",
                axis=alt.Axis(tickCount=6),
            ),
            tooltip=[
                tip("model", "model"),
                tip("quality", "quality", ".3f"),
                tip("n_benchmarks", "benchmarks with a figure", "d"),
                tip("coverage", "coverage", ".0%"),
            ],
        )
    )
    states = [state for state in _DOTS if (scores["state"] == state).any()]
    shapes, colours = zip(*(_DOTS[state] for state in states or ["published"]))
    dots = (
        alt.Chart(data(scores, "model", "benchmark", "score", "raw_score", "state"))
        .mark_point(size=34, strokeWidth=1.4, filled=False, opacity=0.9)
        .encode(
            y=y,
            x=alt.X("score:Q"),
            shape=alt.Shape(
                "state:N",
                title=None,
                scale=alt.Scale(domain=states, range=list(shapes)),
                legend=alt.Legend(columns=2),
            ),
            color=alt.Color(
                "state:N",
                title=None,
                scale=alt.Scale(domain=states, range=list(colours)),
                legend=alt.Legend(columns=2),
            ),
            tooltip=[
                tip("model", "model"),
                tip("benchmark", "benchmark"),
                tip("raw_score", "figure", ".4~f"),
                tip("score", "normalised", ".3f"),
                tip("state", "this figure is"),
            ],
        )
    )
    covered = (
        alt.Chart(data(models, "model", "covered"))
        .mark_text(align="left", dx=8, fontSize=10, color="currentColor", opacity=0.8)
        .encode(
            y=alt.Y("model:N", **rows_of(names)),
            x=alt.value("width"),
            text="covered:N",
        )
    )
    return specification(
        bars + dots + covered,
        height=ROW * len(names),
        right=48,
        description="Bars: quality of each model, best first; dots: its normalised scores.",
    )


def likeness(cells, names):
    """Heat map of the similarity of each two models, in order of quality."""
    fits = len(names) <= _MODELS_IN_WIDTH
    size = 18 * len(names)
    heat = (
        alt.Chart(data(cells, "model", "other", "similarity", "shared_benchmarks"))
        .mark_rect()
        .encode(
            y=alt.Y("model:N", **rows_of(names)),
            x=alt.X(
                "other:N",
                **rows_of(names),
                axis=alt.Axis(labelAngle=-90, labelOverlap=False),
            ),
            color=alt.Color(
                "similarity:Q",
                title="similarity",
                scale=alt.Scale(scheme="blues"),
                legend=alt.Legend(gradientLength=160, tickCount=3),
            ),
            tooltip=[
                tip("model", "model"),
                tip("other", "and"),
                tip("similarity", "similarity", ".3f"),
                tip("shared_benchmarks", "benchmarks in common", "d"),
            ],
        )
    )
    return specification(
        heat,
        height=size,
        width="container" if fits else size,
        description="Heat map: similarity of each two models, both axes in order of quality.",
    )
