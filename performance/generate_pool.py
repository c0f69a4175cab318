"""Write a pool in UltraFeedback's shape, of any size, the same for the same numbers.

    python performance/generate_pool.py --prompts 64000 -o pool.jsonl

Texts are slices of made-up words with lengths like the real thing's: a median response of about 900
characters, a long tail to 8,000. Annotations are there because a reader that parses them is slower.
--n-models and --leaderboard make other models, and the seeds that score them.
"""

import argparse
import csv
import json
import math
import random
from pathlib import Path

SEEDS = Path(__file__).parent.parent / "seeds"
SOURCES = ["evol_instruct", "sharegpt", "flan_v2_niv2", "false_qa", "ultrachat", "truthful_qa"]
ASPECTS = ["instruction_following", "honesty", "truthfulness", "helpfulness"]
LONGEST = 8000


def known_models():
    """The models of the shipped table."""
    with open(SEEDS / "benchmark_scores.csv", newline="", encoding="utf-8") as file:
        return sorted({row["model"] for row in csv.DictReader(file)})


def made_up_text(generator, size=2_000_000):
    """Words of two to nine letters, with stops and line breaks now and then."""
    letters = "etaoinshrdlucmfwypvbgkjqxz"
    weights = [26 - place for place in range(26)]
    words = [
        "".join(generator.choices(letters, weights, k=generator.randint(2, 9)))
        for _ in range(20_000)
    ]
    text = []
    length = 0
    while length < size:
        word = words[int(generator.random() ** 2 * len(words))]
        end = generator.choices([" ", ". ", ".\n", ", "], [85, 8, 2, 5])[0]
        text.append(word + end)
        length += len(word) + len(end)
    return "".join(text)


def rows(n_prompts, seed, models, n_candidates):
    """The pool's rows as dictionaries."""
    generator = random.Random(seed)
    text = made_up_text(random.Random(0))

    def slice_of(median, spread, longest=LONGEST):
        length = int(min(longest, max(3, generator.lognormvariate(math.log(median), spread))))
        start = generator.randrange(len(text) - length)
        return text[start : start + length].strip() or "yes"

    for number in range(n_prompts):
        candidates = generator.sample(models, n_candidates)
        completions = [
            {
                "annotations": {
                    aspect: {
                        "Rating": generator.choice(["1", "2", "3", "4", "5", "N/A"]),
                        "Rationale": slice_of(240, 0.4),
                    }
                    for aspect in ASPECTS
                },
                "custom_system_prompt": slice_of(120, 0.3),
                "model": model,
                "principle": "helpfulness",
                "response": f"{slice_of(900, 0.9)} {number} {model}",
                "critique": slice_of(500, 0.5),
                "fine-grained_score": generator.randrange(4, 21) / 4,
                "overall_score": float(generator.randint(1, 10)),
            }
            for model in candidates
        ]
        yield {
            "source": generator.choice(SOURCES),
            "instruction": f"{slice_of(300, 1.1)} {number}?",
            "models": candidates,
            "completions": completions,
            "correct_answers": ["None"],
            "incorrect_answers": ["None"],
        }


def write_leaderboard(folder, models, n_benchmarks=6):
    """Seeds that score these models: benchmarks.csv, benchmark_scores.csv, model_aliases.csv."""
    generator = random.Random(len(models))
    folder.mkdir(parents=True, exist_ok=True)
    benchmarks = [f"benchmark-{number}" for number in range(n_benchmarks)]
    with open(folder / "benchmarks.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ["benchmark", "capability", "metric", "unit", "chance", "ceiling"]
            + ["higher_is_better", "weight"]
        )
        for name in benchmarks:
            writer.writerow([name, "made", "accuracy", "percent", 25, 100, "true", 1])
    with open(folder / "benchmark_scores.csv", "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["model", "benchmark", "score", "source"])
        for model in models:
            strength = generator.uniform(30, 90)
            for name in benchmarks:
                score = min(99.9, max(26, generator.gauss(strength, 6)))
                writer.writerow([model, name, f"{score:.4f}", "made up"])
    (folder / "model_aliases.csv").write_text("alias,model\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--prompts", type=int, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--candidates", type=int, default=4, help="responses to a prompt")
    parser.add_argument("--n-models", type=int, help="made-up models instead of the shipped ones")
    parser.add_argument("--leaderboard", type=Path, help="folder for seeds that score them")
    parser.add_argument("--scored-models", type=int, help="models in those seeds, if more")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    models = known_models()
    if options.n_models:
        models = [f"model-{number:04}" for number in range(options.n_models)]
    if options.leaderboard:
        scored = max(options.n_models or 0, options.scored_models or 0)
        write_leaderboard(options.leaderboard, [f"model-{number:04}" for number in range(scored)])
    with open(options.output, "w", encoding="utf-8") as file:
        for row in rows(options.prompts, options.seed, models, options.candidates):
            file.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
