"""Charts of what the strategies chose."""

import altair as alt

from zebra.report.charts.style import (
    BLUE,
    DIVERGING,
    ORANGE,
    ROW,
    choice,
    data,
    rows_of,
    specification,
    tip,
)

_SCATTER_HEIGHT = 320
# Pixels between two names in the scatter.
_NAME_HEIGHT = 14


def trade_off(frame):
    """Scatter of mean similarity against expected agreement, a named dot per strategy."""
    low, high = _padded(frame["expected_agreement"])
    left, right = _padded(frame["mean_similarity"])
    points = frame.assign(
        label_y=_apart(frame["expected_agreement"], (high - low) * _NAME_HEIGHT / _SCATTER_HEIGHT)
    )
    y = alt.Scale(domain=[low, high], zero=False, nice=False)
    x = alt.Scale(domain=[left, right], zero=False, nice=False)
    columns = ["strategy", "mean_similarity", "expected_agreement", "pairs", "label_y"]
    base = alt.Chart(data(points, *columns))
    dots = base.mark_circle(color=BLUE, opacity=0.85).encode(
        x=alt.X(
            "mean_similarity:Q",
            title="mean similarity (harder pairs to the right)",
            scale=x,
            axis=alt.Axis(tickCount=5),
        ),
        y=alt.Y(
            "expected_agreement:Q",
            title="expected agreement",
            scale=y,
            axis=alt.Axis(format=".2f"),
        ),
        size=alt.Size(
            "pairs:Q",
            title="pairs",
            scale=alt.Scale(domainMin=0, range=[0, 260]),
            legend=alt.Legend(tickCount=2, format="~s"),
        ),
        tooltip=[
            tip("strategy", "strategy"),
            tip("mean_similarity", "mean similarity", ".3f"),
            tip("expected_agreement", "expected agreement", ".3f"),
            tip("pairs", "pairs", ","),
        ],
    )
    middle = (left + right) / 2
    texts = [
        base.transform_filter(f"datum.mean_similarity {side} {middle!r}")
        .mark_text(align=align, dx=dx, color="currentColor", limit=140)
        .encode(
            x=alt.X("mean_similarity:Q", scale=x),
            y=alt.Y("label_y:Q", scale=y),
            text="strategy:N",
        )
        for side, align, dx in (("<=", "left", 12), (">", "right", -12))
    ]
    return specification(
        alt.layer(dots, *texts),
        height=_SCATTER_HEIGHT,
        description="Scatter: mean similarity against expected agreement, a dot per strategy.",
    )


def _padded(values):
    low, high = min(values), max(values)
    room = max((high - low) * 0.12, 0.01)
    return low - room, high + room


def _apart(values, least):
    """The values, moved up so far that no two are nearer than `least`."""
    placed = {}
    below = None
    for index, value in sorted(enumerate(values), key=lambda pair: (pair[1], pair[0])):
        placed[index] = value if below is None else max(value, below + least)
        below = placed[index]
    return [placed[index] for index in range(len(placed))]


def overlap(cells, strategies):
    """Heat map of the prompts on which two strategies take the same pair."""
    base = alt.Chart(data(cells)).encode(
        y=alt.Y("strategy:N", **rows_of(strategies)),
        x=alt.X(
            "other:N",
            **rows_of(strategies),
            axis=alt.Axis(labelAngle=-90, labelOverlap=False),
        ),
    )
    heat = base.mark_rect().encode(
        color=alt.Color(
            "share:Q",
            title="the same pair",
            scale=alt.Scale(scheme="blues", domain=[0, 1]),
            legend=alt.Legend(gradientLength=160, tickCount=3, format=".0%"),
        ),
        tooltip=[
            tip("strategy", "strategy"),
            tip("other", "and"),
            tip("prompts_paired_by_both", "prompts paired by both", ","),
            tip("same_pair", "the same pair", ","),
            tip("same_chosen", "the same chosen model", ","),
        ],
    )
    shares = base.mark_text(fontSize=10).encode(
        text=alt.Text("share:Q", format=".0%"),
        color=alt.condition("datum.share > 0.55", alt.value("#fff"), alt.value("#111")),
    )
    return specification(
        heat + shares,
        height=26 * len(strategies),
        description="Heat map: share of prompts on which two strategies take the same pair.",
    )


def balance(frame, names, picked):
    """Bars to both sides: how often each model is chosen and rejected by the picked strategy."""
    widest = max(frame["share"].abs().max(), 0.01)
    bars = (
        alt.Chart(data(frame))
        .mark_bar(opacity=0.85)
        .encode(
            y=alt.Y("model:N", **rows_of(names)),
            x=alt.X(
                "share:Q",
                title="← rejected   chosen →",
                scale=alt.Scale(domain=[-widest, widest]),
                axis=alt.Axis(tickCount=5, labelExpr="format(abs(datum.value), '.0%')"),
            ),
            color=alt.Color(
                "side:N",
                title=None,
                scale=alt.Scale(domain=["rejected", "chosen"], range=[ORANGE, BLUE]),
            ),
            tooltip=[
                tip("model", "model"),
                tip("side", "side"),
                tip("times", "times", ","),
                tip("of_pairs", "share of the pairs", ".1%"),
            ],
        )
        .transform_filter("datum.strategy === picked")
        .add_params(choice(picked))
    )
    return specification(
        bars,
        height=ROW * len(names),
        description="Bars: share of the strategy's pairs in which a model is rejected (left) and "
        "chosen (right), best model first.",
    )


def lengths(frame, strategies):
    """Stacked bars to the whole: by how much the chosen or the rejected response is longer."""
    bars = (
        alt.Chart(data(frame, "strategy", "bucket_rank", "longer", "bucket", "pairs", "share"))
        .mark_bar()
        .encode(
            y=alt.Y("strategy:N", **rows_of(strategies)),
            x=alt.X(
                "share:Q",
                title="share of the pairs",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(format=".0%", tickCount=4),
            ),
            color=alt.Color(
                "bucket_rank:O",
                scale=alt.Scale(domain=list(range(1, 14)), range=DIVERGING),
                legend=None,
            ),
            order=alt.Order("bucket_rank:Q"),
            tooltip=[
                tip("strategy", "strategy"),
                tip("longer", "longer response"),
                tip("bucket", "by characters"),
                tip("pairs", "pairs", ","),
                tip("share", "share of the pairs", ".1%"),
            ],
        )
    )
    return specification(
        bars,
        height=26 * len(strategies) + 10,
        description="Stacked bars: share of each strategy's pairs by which response is longer, and "
        "by how much.",
    )
