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
    responses = _responses(
        source, [*examples["chosen_response_id"], *examples["rejected_response_id"]]
    )
    prompts, turns = _prompts(source, examples["prompt_id"])
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


# The first characters of a text, and how many it has.
_SHOWN = f"left({{0}}, {TEXT_CHARACTERS}) as shown, length({{0}}) as characters"


def _responses(source, ids):
    """Texts of responses by id, each fetched from its place: a join would read them all."""
    places = source.select(
        "response_id, source_file, row_number, candidate_number",
        "int_responses",
        f"where reason is null and {source.among('response_id', sorted(set(ids)))} "
        "order by response_id",
    )
    texts = {}
    for row in places.to_dict("records"):
        found = source.select(
            _SHOWN.format("response"),
            "stg_pool_responses",
            f"where row_number = {row['row_number']} "
            f"and candidate_number = {row['candidate_number']} "
            f"and {source.among('source_file', [row['source_file']])}",
        )
        [texts[row["response_id"]]] = map(_text, found.to_dict("records"))
    return texts


def _prompts(source, ids):
    """Texts of prompts by id, and the turns before them: role and text."""
    found = source.select(
        f"prompt_id, messages, {_SHOWN.format('prompt')}",
        "prompts",
        f"where {source.among('prompt_id', sorted(set(ids)))}",
    ).to_dict("records")
    prompts = {row["prompt_id"]: _text(row) for row in found}
    turns = {
        row["prompt_id"]: [
            (turn["role"] or "", Text(*cut(turn["content"] or ""), len(turn["content"] or "")))
            for turn in row["messages"][:-1]
        ]
        for row in found
    }
    return prompts, turns


def _text(row):
    left_out = max(0, row["characters"] - TEXT_CHARACTERS)
    return Text(row["shown"], left_out, row["characters"])


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
