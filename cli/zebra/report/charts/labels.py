"""Charts of what labels are worth, where scores or verdicts can tell."""

import altair as alt

from zebra.report.charts.style import (
    BLUE,
    GREY,
    ORANGE,
    ROW,
    choice,
    data,
    rows_of,
    specification,
    tip,
)

_COLUMNS = [
    *("label", "kind", "gap_bucket", "pairs_scored", "agreement", "agreement_low"),
    *("agreement_high", "expected_agreement"),
]
_KINDS = alt.Scale(domain=["strategy", "baseline"], range=[BLUE, ORANGE])
_TIPS = [
    tip("label", "labels of"),
    tip("gap_bucket", "quality gap"),
    tip("agreement", "agreement", ".3f"),
    tip("agreement_low", "interval from", ".3f"),
    tip("agreement_high", "to", ".3f"),
    tip("expected_agreement", "expected", ".3f"),
    tip("pairs_scored", "pairs", ","),
]


def agreement(frame, labels):
    """Dots with intervals: how often the label agrees, by strategy and baseline."""
    return specification(
        alt.layer(_half_rule(), *_intervals(frame, alt.Y("label:N", **rows_of(labels)))),
        height=ROW * len(labels) + 10,
        description="Dots with 95 % intervals: agreement of each strategy and baseline.",
    )


def agreement_by_gap(frame, buckets, picked):
    """The same by bucket of quality gap, for the picked labels and the baseline beside them."""
    offset = alt.YOffset("kind:N", scale=alt.Scale(domain=["strategy", "baseline"]))
    marks = [
        mark.encode(yOffset=offset).transform_filter("datum.picked_by === picked")
        for mark in _intervals(frame, alt.Y("gap_bucket:N", **rows_of(buckets, "quality gap")))
    ]
    return specification(
        alt.layer(_half_rule(), *marks).add_params(choice(picked)),
        height=32 * len(buckets) + 10,
        description="Dots with 95 % intervals: agreement by bucket of quality gap.",
    )


def _half_rule():
    half = alt.Chart(alt.InlineData(values=[{"half": 0.5}]))
    return half.mark_rule(strokeDash=[3, 3], color=GREY).encode(x="half:Q")


def _intervals(frame, y):
    columns = [name for name in [*_COLUMNS, "picked_by"] if name in frame.columns]
    base = alt.Chart(data(frame, *columns)).encode(y=y)
    colour = alt.Color("kind:N", title=None, scale=_KINDS)
    scale = alt.Scale(domain=[0, 1])
    rules = base.mark_rule(strokeWidth=2, opacity=0.6).encode(
        x=alt.X("agreement_low:Q", title="agreement", scale=scale, axis=alt.Axis(format=".1f")),
        x2="agreement_high:Q",
        color=colour,
        tooltip=_TIPS,
    )
    dots = base.mark_point(filled=True, size=60, opacity=1).encode(
        x=alt.X("agreement:Q", title="agreement", scale=scale), color=colour, tooltip=_TIPS
    )
    return [rules, dots]


def calibration(frame):
    """Scatter of expected against found agreement, with the line on which both are the same."""
    low = max(0.0, min(0.5, frame["agreement"].min(), frame["expected_agreement"].min()) - 0.02)
    scale = alt.Scale(domain=[low, 1], nice=False)
    line = (
        alt.Chart(alt.InlineData(values=[{"x": low, "y": low}, {"x": 1, "y": 1}]))
        .mark_line(strokeDash=[3, 3], color=GREY)
        .encode(x=alt.X("x:Q", scale=scale), y=alt.Y("y:Q", scale=scale))
    )
    dots = (
        alt.Chart(data(frame, *_COLUMNS))
        .mark_circle(opacity=0.75)
        .encode(
            x=alt.X("expected_agreement:Q", title="expected agreement", scale=scale),
            y=alt.Y("agreement:Q", title="agreement found", scale=scale),
            size=alt.Size(
                "pairs_scored:Q",
                title="pairs",
                scale=alt.Scale(domainMin=0, range=[10, 260]),
                legend=alt.Legend(tickCount=2, format="~s"),
            ),
            color=alt.Color("kind:N", title=None, scale=_KINDS),
            tooltip=_TIPS,
        )
    )
    return specification(
        line + dots,
        height=320,
        description="Scatter: expected against found agreement, by labels and quality gap.",
    )
