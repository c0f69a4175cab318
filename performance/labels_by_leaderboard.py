"""Measure what the figures that labels come from do to the labels.

    python performance/labels_by_leaderboard.py --data DATA --work WORK

Prints the Markdown tables of docs/leaderboards.md. Two pools are built, each by `dbt build`:

- AlpacaEval's prompts with the answers of the seven models that a judge has scored, with
  leaderboard: paper, with that but doubts: leave_out, and with the seeds;
- a pool of exercises answered by models of today, scored 1 where the answer is right, with
  leaderboard: open_llm_v2 under three normalisations, and with the board cut to the pool's models.

Of each prompt's models four are drawn by a hash, five times, and a draw is a prompt of its own.
Scores under 0, which mean that the judge did not answer, are left out. An interval is of 95 % and
takes the five draws of a prompt as one observation: they share their answers.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb

PROJECT = Path(__file__).parent.parent
DRAWS = 5
MODELS_PER_PROMPT = 4
# Of the pool of today's models, those whose figures no open leaderboard has.
CLOSED = {"gpt-4o-2024-05-13", "claude-3-5-sonnet-20240620"}
# AlpacaEval's names of models where the judge's file has others.
NAMES = {
    "gpt4": "gpt-4",
    "gpt-3.5-turbo-0301": "gpt-3.5-turbo",
    "llama-2-7b-chat-hf": "llama-2-7b-chat",
    "llama-2-13b-chat-hf": "llama-2-13b-chat",
    "llama-2-70b-chat-hf": "llama-2-70b-chat",
}
RELATIONS = ["strategy_summary", "label_calibration", "int_scored_pairs", "prompts"]

# Labels that the scores can tell right or wrong, by strategy and prompt as it was before the draws.
VERDICTS = """
    select pairs.strategy, prompts.source as prompt,
        sum(scored.outcome) as right_labels, count(*) as labels
    from (
        select strategy, prompt_id, chosen_model, rejected_model from {database}.preference_pairs
        union all
        select 'all pairs', prompt_id, chosen_model, rejected_model
        from {database}.int_scored_pairs
    ) as pairs
    inner join {database}.int_scored_pairs as scored
        using (prompt_id, chosen_model, rejected_model)
    inner join {database}.prompts as prompts using (prompt_id)
    where scored.outcome <> 0.5
    group by all
"""
# How far each prompt moves the share of right labels: its variance is the sum of their squares.
SHARES = """
    select strategy, prompt, labels, labels_in_all, share,
        (right_labels - share * labels) / labels_in_all as pull
    from (
        select *, sum(labels) over of_strategy as labels_in_all,
            sum(right_labels) over of_strategy / labels_in_all as share
        from ({verdicts}) window of_strategy as (partition by strategy)
    )
"""
AGREEMENT = """
    select strategy, cast(any_value(labels_in_all) as bigint) as labels, any_value(share) as share,
        greatest(0, any_value(share) - 1.96 * sqrt(sum(pull * pull))) as low,
        least(1, any_value(share) + 1.96 * sqrt(sum(pull * pull))) as high
    from ({shares}) group by strategy
"""
CHANGE = """
    select strategy, any_value(change) as change,
        any_value(change) - 1.96 * sqrt(sum(pull * pull)) as low,
        any_value(change) + 1.96 * sqrt(sum(pull * pull)) as high
    from (
        select strategy, prompt,
            coalesce(after.pull, 0) - coalesce(before.pull, 0) as pull,
            max(after.share) over (partition by strategy)
            - max(before.share) over (partition by strategy) as change
        from ({before}) as before full join ({after}) as after using (strategy, prompt)
    )
    group by strategy
"""


def judged_answers(data):
    """Prompt, model, answer and score of the models that the judge has scored."""
    with open(data / "judge_gpt4_vs_davinci003.jsonl", encoding="utf-8") as file:
        judged = [json.loads(line) for line in file]
    scores = {(row["instruction"], row["model"]): row["score"] for row in judged}
    for path in sorted((data / "alpaca_eval").glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8")):
            model = NAMES.get(row["generator"], row["generator"])
            score = scores.get((row["instruction"], model))
            if score is not None:
                yield row["instruction"], model, row["output"], score if score >= 0 else None


def exercises(data):
    """The same of the pool of today's models."""
    with open(data / "modern_pool.jsonl", encoding="utf-8") as file:
        for row in map(json.loads, file):
            if row["model"] not in CLOSED:
                yield row["prompt"], row["model"], row["response"], row["score"]


def draw(answers, path):
    """Write a pool with some of each prompt's models, drawn by a hash."""
    by_prompt = {}
    for prompt, model, response, score in answers:
        by_prompt.setdefault(prompt, []).append((model, response, score))
    with path.open("w", encoding="utf-8") as file:
        for number, (prompt, answered) in enumerate(by_prompt.items()):
            for turn in range(DRAWS):
                answered.sort(key=lambda answer: _hash(f"{turn} {answer[0]} {prompt}"))
                for model, response, score in answered[:MODELS_PER_PROMPT]:
                    row = {
                        "prompt": f"{prompt}\n\n(draw {turn})",
                        "model": model,
                        "response": response,
                        "source": f"prompt {number}",
                        "score": score,
                    }
                    file.write(json.dumps(row) + "\n")
    return path


def _hash(text):
    return hashlib.md5(text.encode("utf-8")).hexdigest()


def build(work, name, **settings):
    """Build what is measured of a pool; returns the database's path."""
    database = work / f"{name}.duckdb"
    database.unlink(missing_ok=True)
    command = [sys.executable, "-m", "dbt.cli.main", "build", "--vars", json.dumps(settings)]
    command += ["--exclude-resource-type", "unit_test", "test", "--select"]
    command += [f"+{relation}" for relation in RELATIONS]
    environment = {
        **os.environ,
        "ZEBRA_DATABASE": str(database),
        "DBT_TARGET_PATH": str(work / "target"),
        "DBT_LOG_PATH": str(work / "logs"),
    }
    done = subprocess.run(
        command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout.decode()[-3000:]}")
    return database


def connect(**databases):
    connection = duckdb.connect()
    for name, path in databases.items():
        connection.execute(f"attach '{path}' as {name} (read_only)")
    return connection


def shares(database):
    return SHARES.format(verdicts=VERDICTS.format(database=database))


def print_table(header, rows):
    print("| " + " | ".join(header) + " |")
    print("|" + "---|" * len(header))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def print_agreement(databases):
    """Share of right labels by strategy under each reading, its interval, labels and similarity."""
    found, header = {}, ["strategy"]
    for number, (name, path) in enumerate(databases.items()):
        header += [f"{name}: right (from, to) of labels", "similarity"]
        connection = connect(pool=path)
        for strategy, labels, share, low, high, similarity in connection.execute(f"""
            select strategy, labels, share, low, high, mean_similarity
            from ({AGREEMENT.format(shares=shares("pool"))})
            left join pool.strategy_summary using (strategy)
            order by share desc, strategy
        """).fetchall():
            row = found.setdefault(strategy, [strategy])
            row += ["-"] * (1 + 2 * number - len(row))
            row.append(f"{share:.2f} ({low:.2f}, {high:.2f}) of {labels}")
            row.append("-" if similarity is None else f"{similarity:.3f}")
        connection.close()
    print_table(header, found.values())


def print_changes(databases):
    """How much larger the share of right labels is than under the first reading."""
    (first, before), *others = databases.items()
    found = {}
    for number, (_, after) in enumerate(others):
        connection = connect(before=before, after=after)
        for strategy, change, low, high in connection.execute(
            CHANGE.format(before=shares("before"), after=shares("after")) + " order by strategy"
        ).fetchall():
            row = found.setdefault(strategy, [strategy])
            row += ["-"] * (1 + number - len(row))
            row.append(
                "{:+.2f} ({:+.2f}, {:+.2f})".format(*(round(x, 2) + 0 for x in (change, low, high)))
            )
        connection.close()
    print_table(["strategy"] + [f"{name}, against {first}" for name, _ in others], found.values())


def print_spread(databases):
    """How far each reading has the pool's models apart, and the slope that fits their scores."""
    rows = []
    for name, path in databases.items():
        connection = connect(pool=path)
        rows.append(
            [
                name,
                *connection.execute("""
            select printf('%.2f', median(quality_gap)), printf('%.2f', median(similarity)),
                any_value(printf('%.1f', fitted_slope)), any_value(printf('%.3f', fitted_log_loss)),
                any_value(printf('%.3f', default_log_loss))
            from pool.model_pairs
            semi join pool.int_pool_models as chosen on chosen_model = chosen.model
            semi join pool.int_pool_models as rejected on rejected_model = rejected.model
            cross join pool.label_calibration
        """).fetchone(),
            ]
        )
        connection.close()
    print_table(
        ["reading", "median gap", "median similarity", "fitted slope", "log loss", "at slope 4"],
        rows,
    )


def cut_board(database, work):
    """The board's figures of the pool's models alone, as a file of a user's own."""
    path = work / "pool_alone.csv"
    connection = connect(pool=database)
    connection.execute(f"""
        copy (
            select model, benchmark, raw_score as score from pool.int_benchmark_figures
            semi join pool.int_pool_models using (model)
        ) to '{path}' (header)
    """)
    connection.close()
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, required=True, help="folder of the pools")
    parser.add_argument("--work", type=Path, required=True, help="folder for databases")
    arguments = parser.parse_args()
    data, work = arguments.data.resolve(), arguments.work.resolve()
    work.mkdir(parents=True, exist_ok=True)

    judged = {"responses_path": str(draw(judged_answers(data), work / "judged.jsonl"))}
    databases = {
        "paper": build(work, "paper", leaderboard="paper", **judged),
        "paper without doubts": build(
            work, "without_doubts", leaderboard="paper", doubts="leave_out", **judged
        ),
        "seeds": build(work, "seeds", **judged),
    }
    print_agreement(databases)
    print_changes(databases)

    today = {"responses_path": str(draw(exercises(data), work / "today.jsonl"))}
    databases = {
        name: build(work, name, leaderboard="open_llm_v2", normalization=name, **today)
        for name in ("minmax", "chance", "rank")
    }
    alone = str(cut_board(databases["minmax"], work))
    databases["minmax, pool alone"] = build(work, "alone", leaderboard=alone, **today)
    print_spread(databases)
    print_agreement(databases)
    print_changes(databases)


if __name__ == "__main__":
    main()
