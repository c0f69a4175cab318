"""The method as scripts do it today: pandas, row by row. For comparison only.

python performance/pandas_rows.py pool.jsonl benchmark_scores.csv similarity pairs.jsonl
"""

import json
import sys
from itertools import combinations

import numpy
import pandas


def behavior(scores_path):
    """Normalised scores, one row per model, one column per benchmark; gaps are column means."""
    figures = pandas.read_csv(scores_path)
    figures["score"] = figures["score"].astype(str).str.rstrip("%").astype(float)
    wide = figures.pivot(index="model", columns="benchmark", values="score")
    scaled = (wide - wide.min()) / (wide.max() - wide.min())
    return scaled, scaled.fillna(scaled.mean())


def cosine(a, b):
    return float(numpy.dot(a, b) / (numpy.linalg.norm(a) * numpy.linalg.norm(b)))


def decide(strategy, models, quality, vectors):
    """(chosen, rejected) of one prompt, None where nothing fits."""
    ranked = sorted(models, key=lambda model: (-quality[model], model))
    if strategy == "superiority":
        return (ranked[0], ranked[1]) if len(ranked) > 1 else None
    pairs = combinations(ranked, 2)
    if strategy == "hybrid":
        pairs = ((ranked[0], other) for other in ranked[1:])
    best = None
    for chosen, rejected in pairs:
        similarity = cosine(vectors.loc[chosen], vectors.loc[rejected])
        if similarity >= 0.1 and (best is None or similarity > best[0]):
            best = (similarity, chosen, rejected)
    return best[1:] if best else None


def main(pool_path, scores_path, strategy, output_path):
    scaled, vectors = behavior(scores_path)
    quality = scaled.mean(axis=1)
    pool = pandas.read_json(pool_path, lines=True)
    with open(output_path, "w", encoding="utf-8") as file:
        for _, row in pool.iterrows():
            responses = {
                completion["model"]: completion["response"]
                for completion in row["completions"]
                if completion["model"] in quality.index and completion["response"]
            }
            pair = decide(strategy, list(responses), quality, vectors)
            if pair is None or responses[pair[0]] == responses[pair[1]]:
                continue
            record = {"prompt": row["instruction"], "chosen_model": pair[0]}
            record |= {"rejected_model": pair[1], "chosen": responses[pair[0]]}
            file.write(json.dumps(record | {"rejected": responses[pair[1]]}) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
