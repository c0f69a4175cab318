"""Pairs to read: drawn by the database, their texts fetched by id."""

from dataclasses import dataclass

from zebra.report.data import BENCHMARKS_SHOWN
from zebra.report.figure import counted
from zebra.report.text import TEXT_CHARACTERS, cut

# Most turns shown of what came before the prompt.
TURNS_SHOWN = 6


@dataclass(frozen=True)
class Text:
    """A text as far as it is shown, and how many of its characters are left out."""

    text: str
    left_out: int
    characters: int


@dataclass(frozen=True)
class Pair:
    strategy: str
    place: int
    pair_id: str
    prompt: Text
    turns: list
    turns_left_out: int
    chosen_model: str
    rejected_model: str
    chosen: Text
    rejected: Text
    # Sentences and values that say why: (name, value).
    facts: list
    # benchmark, figure and normalised score of the chosen model, of the rejected model
    figures: list
    figures_left_out: int


def drawn_pairs(source, names):
    """The pairs of pair_examples with texts and the figures of their models, in order."""
    examples = source.select(
        "pair_id, strategy, place, prompt_id, rule_rank, rules_of_set, chosen_response_id, "
        "rejected_response_id, chosen_model, rejected_model, quality_gap, similarity, "
        "order_confidence, label_confidence",
        "pair_examples",
        "order by strategy, place",
    )
    responses = _texts(
        source,
        "response_id",
        "response",
        "responses",
        [*examples["chosen_response_id"], *examples["rejected_response_id"]],
    )
    prompts = _texts(source, "prompt_id", "prompt", "prompts", examples["prompt_id"])
    turns = _turns(source, examples["prompt_id"])
    scores = _scores(source, [*examples["chosen_model"], *examples["rejected_model"]])
    pairs = []
    for row in examples.to_dict("records"):
        figures = _figures(scores, row["chosen_model"], row["rejected_model"])
        before = turns[row["prompt_id"]]
        pairs.append(
            Pair(
                strategy=row["strategy"],
                place=row["place"],
                pair_id=row["pair_id"],
                prompt=prompts[row["prompt_id"]],
                turns=before[-TURNS_SHOWN:],
                turns_left_out=max(0, len(before) - TURNS_SHOWN),
                chosen_model=names.shown(row["chosen_model"]),
                rejected_model=names.shown(row["rejected_model"]),
                chosen=responses[row["chosen_response_id"]],
                rejected=responses[row["rejected_response_id"]],
                facts=_facts(row),
                figures=[(names.shown(name), *rest) for name, *rest in figures[:BENCHMARKS_SHOWN]],
                figures_left_out=max(0, len(figures) - BENCHMARKS_SHOWN),
            )
        )
    return pairs


def _texts(source, key, column, relation, ids):
    """The first characters of texts by id, fetched by literal ids: a join would read them all."""
    found = source.select(
        f"{key}, left({column}, {TEXT_CHARACTERS}) as shown, length({column}) as characters",
        relation,
        f"where {source.among(key, sorted(set(ids)))}",
    )
    return {
        row[key]: Text(row["shown"], max(0, row["characters"] - TEXT_CHARACTERS), row["characters"])
        for row in found.to_dict("records")
    }


def _turns(source, ids):
    found = source.select(
        "prompt_id, messages", "prompts", f"where {source.among('prompt_id', sorted(set(ids)))}"
    )
    return {
        row["prompt_id"]: [
            (turn["role"] or "", Text(*cut(turn["content"] or ""), len(turn["content"] or "")))
            for turn in row["messages"][:-1]
        ]
        for row in found.to_dict("records")
    }


def _scores(source, models):
    found = source.select(
        "model, benchmark, raw_score, score",
        "behavior_scores",
        f"where {source.among('model', sorted(set(models)))} order by benchmark, model",
    )
    scores = {}
    for model, benchmark, raw_score, score in found.values.tolist():
        scores.setdefault(model, {})[benchmark] = (raw_score, score)
    return scores


def _figures(scores, chosen, rejected):
    """Figures of both models by benchmark, those that tell them apart most first."""
    rows = []
    for benchmark in sorted({*scores.get(chosen, {}), *scores.get(rejected, {})}):
        ours, theirs = (
            scores.get(model, {}).get(benchmark, (None, None)) for model in (chosen, rejected)
        )
        apart = None if None in (ours[1], theirs[1]) else ours[1] - theirs[1]
        rows.append((benchmark, *ours, *theirs, apart))
    return sorted(rows, key=lambda row: -abs(row[-1] or 0))


def _facts(row):
    def number(value, form=".3f"):
        return "–" if value is None else format(value, form)

    return [
        ("label confidence", number(row["label_confidence"])),
        ("order confidence", number(row["order_confidence"])),
        ("quality gap", number(row["quality_gap"])),
        ("similarity", number(row["similarity"])),
        (
            "rule",
            f"{row['rule_rank']:,} of {counted(row['rules_of_set'], 'pair')} of models "
            "that the strategy admits here",
        ),
    ]
