"""Charts of the pool."""

import altair as alt

from zebra.report.charts.style import (
    BLUE,
    CATEGORIES,
    GREY,
    ROW,
    data,
    rows_of,
    specification,
    tip,
)


def outcomes(frame):
    """Bars of responses that can be used, and by reason of those that cannot."""
    names = list(frame["outcome"])
    base = alt.Chart(data(frame)).encode(y=alt.Y("outcome:N", **rows_of(names)))
    bars = base.mark_bar().encode(
        x=alt.X("responses:Q", title="responses", axis=alt.Axis(tickCount=4, format="~s")),
        color=alt.condition("datum.is_usable", alt.value(BLUE), alt.value(GREY)),
        tooltip=[tip("outcome", "what became of it"), tip("responses", "responses", ",")],
    )
    return specification(
        bars,
        height=ROW * len(names) + 10,
        description="Bars: responses that can be used, and those that cannot by reason.",
    )


def abstentions(frame, strategies):
    """Stacked bars of the prompts that a strategy gives no pair, by reason."""
    bars = (
        alt.Chart(data(frame))
        .mark_bar()
        .encode(
            y=alt.Y("strategy:N", **rows_of(strategies)),
            x=alt.X(
                "prompts:Q",
                title="prompts without a pair",
                axis=alt.Axis(tickCount=4, tickMinStep=1, format="~s"),
            ),
            color=alt.Color(
                "reason:N",
                title=None,
                scale=alt.Scale(range=CATEGORIES),
                legend=alt.Legend(columns=2),
            ),
            tooltip=[
                tip("strategy", "strategy"),
                tip("reason", "reason"),
                tip("prompts", "prompts", ","),
            ],
        )
    )
    return specification(
        bars,
        height=ROW * len(strategies) + 10,
        description="Stacked bars: prompts without a pair by strategy and reason.",
    )
