"""The strategies: what came of each, how far they agree, and what balance and length say."""

import pandas

from zebra.report.charts.strategies import balance, lengths, overlap, trade_off
from zebra.report.figure import Choice, Figure, Section, table


def strategies_section(source, names, strategies):
    """What came of each strategy, and how far two of them agree."""
    scatter, summary = _summary(source, names)
    overlaps = _overlap(source, strategies)
    return Section("strategies", "Strategies", [scatter, overlaps, summary])


def _summary(source, names):
    frame = source.select(
        "strategy, pairs, abstentions, mean_quality_gap, mean_similarity, "
        "mean_order_confidence, expected_agreement, unstable_share, chosen_longer_share, "
        "top_chosen_model, top_chosen_share",
        "strategy_summary",
        "order by strategy",
    )
    frame["top_chosen_model"] = [name and names.shown(name) for name in frame["top_chosen_model"]]
    whole = table(
        frame,
        ("strategy", "strategy", None),
        ("pairs", "pairs", ",d"),
        ("abstentions", "prompts without", ",d"),
        ("mean_quality_gap", "mean gap", ".3f"),
        ("mean_similarity", "mean similarity", ".3f"),
        ("mean_order_confidence", "mean order confidence", ".3f"),
        ("expected_agreement", "expected agreement", ".3f"),
        ("unstable_share", "unstable", ".0%"),
        ("chosen_longer_share", "chosen longer", ".0%"),
        ("top_chosen_model", "most chosen model", None),
        ("top_chosen_share", "its share", ".0%"),
    )
    plotted = frame.dropna(subset=["mean_similarity", "expected_agreement"])
    scatter = Figure(
        "trade_off",
        "Hard pairs against sure labels",
        "To the right a strategy's pairs are harder, further up its labels are surer; the area of "
        "a dot is its number of pairs.",
        ("strategy_summary",),
        table(
            frame,
            ("strategy", "strategy", None),
            ("mean_similarity", "mean similarity", ".3f"),
            ("expected_agreement", "expected agreement", ".3f"),
            ("pairs", "pairs", ",d"),
        ),
        chart=trade_off(plotted.reset_index(drop=True)) if len(plotted) else None,
        nothing=None if len(plotted) else "No strategy has a pair.",
    )
    summary = Figure(
        "summary",
        "Strategy by strategy",
        "Unstable is the share of pairs whose two models change order when a benchmark is left "
        "out or the table is read another way.",
        ("strategy_summary",),
        whole,
    )
    return [scatter, summary]


def _overlap(source, strategies):
    frame = source.select(
        "strategy_a, strategy_b, prompts_paired_by_both, same_pair, same_chosen",
        "strategy_overlap",
        "order by strategy_a, strategy_b",
    )
    frame["share"] = [
        same / both if both else None
        for same, both in zip(frame["same_pair"], frame["prompts_paired_by_both"])
    ]
    turned = frame.rename(columns={"strategy_a": "strategy_b", "strategy_b": "strategy_a"})
    cells = pandas.concat([frame, turned], ignore_index=True)
    cells = cells.rename(columns={"strategy_a": "strategy", "strategy_b": "other"})
    return Figure(
        "overlap",
        "How far two strategies agree",
        "A field is the share of the prompts paired by both on which they take the same two "
        "models.",
        ("strategy_overlap",),
        table(
            frame,
            ("strategy_a", "strategy", None),
            ("strategy_b", "and", None),
            ("prompts_paired_by_both", "prompts paired by both", ",d"),
            ("same_pair", "the same pair", ",d"),
            ("share", "share", ".0%"),
            ("same_chosen", "the same chosen model", ",d"),
        ),
        chart=overlap(cells, strategies) if len(cells) else None,
        nothing=None if len(cells) else "No two strategies pair a prompt in common.",
    )


def balance_section(source, names, models, strategies):
    """How often each model stands on either side, and what length tells."""
    return Section(
        "balance",
        "Balance and length",
        [_balance(source, names, models), _lengths(source, strategies)],
    )


def _balance(source, names, models):
    frame = source.select(
        "strategy, model, times_chosen, times_rejected, chosen_share, rejected_share",
        "model_balance",
        f"where {source.among('model', models['model'])} "
        "order by strategy, times_chosen desc, model",
    )
    frame["model"] = frame["model"].map(names.shown)
    sides = [
        frame[["strategy", "model"]].assign(
            side=side,
            times=frame[f"times_{side}"],
            of_pairs=frame[f"{side}_share"],
            share=frame[f"{side}_share"] * sign,
        )
        for side, sign in (("rejected", -1), ("chosen", 1))
    ]
    bars = pandas.concat(sides, ignore_index=True)
    picks = sorted(frame["strategy"].unique())
    return Figure(
        "balance",
        "How often each model stands on either side",
        "A model that is nearly always on one side makes its style, not its quality, the label; "
        "the best models are first.",
        ("model_balance",),
        table(
            frame,
            ("strategy", "strategy", None),
            ("model", "model", None),
            ("times_chosen", "times chosen", ",d"),
            ("times_rejected", "times rejected", ",d"),
            ("chosen_share", "share chosen", ".1%"),
            ("rejected_share", "share rejected", ".1%"),
        ),
        chart=balance(bars, [names.shown(name) for name in models["model"]], picks[0])
        if picks
        else None,
        choice=Choice("Strategy", picks, picks[0]) if picks else None,
        nothing=None if picks else "No strategy has a pair.",
    )


def _lengths(source, strategies):
    frame = source.select(
        "strategy, bucket_rank, longer, bucket, pairs, share",
        "length_distribution",
        "order by strategy, bucket_rank",
    )
    with_pairs = [name for name in strategies if name in set(frame["strategy"])]
    return Figure(
        "lengths",
        "Which response is longer",
        "Orange is the share of pairs whose rejected response is longer, blue of those whose "
        "chosen one is, the darker by the more characters; grey is equal length.",
        ("length_distribution",),
        table(
            frame,
            ("strategy", "strategy", None),
            ("longer", "longer response", None),
            ("bucket", "by characters", None),
            ("pairs", "pairs", ",d"),
            ("share", "share", ".1%"),
        ),
        chart=lengths(frame, with_pairs) if len(frame) else None,
        nothing=None if len(frame) else "No strategy has a pair.",
    )
