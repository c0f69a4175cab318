"""What labels are worth: how often scores or people's verdicts agree with them."""

import pandas

from zebra.report.charts.labels import agreement, agreement_by_gap, calibration
from zebra.report.figure import Choice, Figure, Section, counted, table


def labels_section(source):
    """Agreement and calibration; None where the pool has neither scores nor verdicts."""
    measured_by = "source" if source.has("label_agreement", "source") else "'scores' as source"
    frame = source.select(
        f"strategy, {measured_by}, gap_bucket, is_baseline, pairs_scored, ties, agreement, "
        "agreement_low, agreement_high, expected_agreement",
        "label_agreement",
        "order by source, is_baseline, strategy, gap_bucket",
    )
    frame = frame.dropna(subset=["agreement"])
    if frame.empty:
        return None
    several = frame["source"].nunique() > 1
    frame["label"] = [
        f"{strategy} ({of})" if several else strategy
        for strategy, of in zip(frame["strategy"], frame["source"])
    ]
    frame["kind"] = ["baseline" if it else "strategy" for it in frame["is_baseline"]]
    of = " and ".join(_SOURCES[name] for name in sorted(frame["source"].unique()))
    notes = [f"Measured by {of}, which decide no pair.", *_judges(source), *_slope(source)]
    figures = [_agreement(frame), _by_gap(frame), *_calibration(frame)]
    return Section("labels", "What the labels are worth", figures, notes)


_TABLE = (
    ("label", "labels of", None),
    ("gap_bucket", "quality gap", None),
    ("pairs_scored", "pairs", ",d"),
    ("ties", "ties", ",d"),
    ("agreement", "agreement", ".3f"),
    ("agreement_low", "interval from", ".3f"),
    ("agreement_high", "to", ".3f"),
    ("expected_agreement", "expected", ".3f"),
)


def _agreement(frame):
    whole = frame[frame["gap_bucket"] == "all"]
    return Figure(
        "agreement",
        "Agreement",
        "How often the label agrees, ties left out, with a 95 % interval: a strategy is worth "
        "something where it stands right of the baselines (orange).",
        ("label_agreement",),
        table(whole, *(column for column in _TABLE if column[0] != "gap_bucket")),
        chart=agreement(whole, list(whole["label"])),
    )


def _by_gap(frame):
    by_gap = frame[frame["gap_bucket"] != "all"]
    labels = list(dict.fromkeys(by_gap["label"]))
    # Beside each strategy's dots those of all pairs, by the same measure.
    all_pairs = by_gap[by_gap["strategy"] == "all_pairs"]
    own = by_gap.assign(picked_by=by_gap["label"])
    beside = [
        all_pairs[all_pairs["source"].isin([of])].assign(picked_by=label)
        for label, of in dict(zip(own["label"], own["source"])).items()
        if label not in set(own[own["is_baseline"]]["label"])
    ]
    shown = pandas.concat([own, *beside], ignore_index=True)
    buckets = sorted(by_gap["gap_bucket"].unique())
    return Figure(
        "by_gap",
        "Agreement by quality gap",
        "The wider the gap of the two models, the more often the label should agree; beside a "
        "strategy (blue) stand all pairs that are scored or judged (orange).",
        ("label_agreement",),
        table(by_gap, *_TABLE),
        chart=agreement_by_gap(shown, buckets, labels[0]),
        choice=Choice("Labels of", labels, labels[0]),
    )


def _calibration(frame):
    found = frame[(frame["gap_bucket"] != "all")].dropna(subset=["expected_agreement"])
    if found.empty:
        return
    yield Figure(
        "calibration",
        "Expected against found",
        "A dot is the labels of one bucket of gap; under the dashed line label_confidence "
        "promises more than is found.",
        ("label_agreement",),
        table(found, *_TABLE),
        chart=calibration(found),
    )


def _judges(source):
    """One sentence on how far judges agree: all of them, or the two that there are."""
    if not source.has("judge_agreement"):
        return
    frame = source.select(
        "len(judges) as n_judges, kappa_by, pairs_judged, agreement, kappa",
        "judge_agreement",
        "order by n_judges desc, judges limit 1",
    )
    for row in frame.to_dict("records"):
        kappa = "" if row["kappa"] is None else f" ({_KAPPAS[row['kappa_by']]} {row['kappa']:.2f})"
        yield (
            f"{row['n_judges']} judges agree with each other in {row['agreement']:.0%} of cases"
            f"{kappa}, on {counted(row['pairs_judged'], 'pair')}."
        )


def _slope(source):
    fitted_to = (
        "fitted_to" if source.has("label_calibration", "fitted_to") else "'scores' as fitted_to"
    )
    frame = source.select(
        "slope, slope_from, pairs_scored, fitted_slope, fitted_log_loss, default_slope, "
        f"default_log_loss, {fitted_to}",
        "label_calibration",
    )
    for row in frame.to_dict("records"):
        if row["fitted_slope"] is not None:
            yield (
                f"On {counted(row['pairs_scored'], 'pair')} with {row['fitted_to']} a slope of "
                f"{row['fitted_slope']:.2f} fits best (log loss {row['fitted_log_loss']:.3f}); "
                f"this build uses {row['slope']:.2f} ({_SLOPES[row['slope_from']]})."
            )


_SOURCES = {"scores": "the pool's scores", "verdicts": "people's verdicts"}
_KAPPAS = {"cohen": "Cohen's kappa", "fleiss": "Fleiss' kappa"}
_SLOPES = {"var": "as set", "fitted": "fitted", "default": "the default"}
