"""Measure what the figures that labels come from do to the labels.

    python performance/labels_by_leaderboard.py --data ../shared/data --work /tmp/labels

Prints the Markdown tables of docs/leaderboards.md. Two pools are built, each by `dbt build`:

- AlpacaEval's prompts with the answers of the seven models that a judge has scored, with
  leaderboard: paper and with the seeds;
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


def print_judged(paper, seeds):
    """Both tables side by side, strategies in the order of their agreement with the seeds."""
    connection = connect(paper=paper, seeds=seeds)
    rows = connection.execute(f"""
        with paper as ({AGREEMENT.format(shares=shares("paper"))}),
        seeds as ({AGREEMENT.format(shares=shares("seeds"))}),
        changes as ({CHANGE.format(before=shares("paper"), after=shares("seeds"))})
        select strategy, paper.labels, paper.share, paper.low, paper.high,
            of_paper.mean_similarity, seeds.labels, seeds.share, seeds.low, seeds.high,
            of_seeds.mean_similarity, change, changes.low, changes.high
        from paper
        inner join seeds using (strategy)
        inner join changes using (strategy)
        left join paper.strategy_summary as of_paper using (strategy)
        left join seeds.strategy_summary as of_seeds using (strategy)
        order by seeds.share desc, strategy
    """).fetchall()
    connection.close()
    print_table(
        ["strategy"]
        + ["labels", "paper", "from", "to", "similarity"]
        + ["labels", "seeds", "from", "to", "similarity"]
        + ["change", "from", "to"],
        [
            [row[0]]
            + [str(row[1]), *map(_share, row[2:5]), _similarity(row[5])]
            + [str(row[6]), *map(_share, row[7:10]), _similarity(row[10])]
            + [f"{value:+.2f}" for value in row[11:14]]
            for row in rows
        ],
    )


def print_readings(databases):
    """How each reading of a board spreads the pool's models, and what its labels are worth."""
    spreads, agreements = [], {}
    for name, path in databases.items():
        connection = connect(pool=path)
        spreads.append([name, *connection.execute("""
            select printf('%.2f', median(quality_gap)), printf('%.2f', median(similarity)),
                any_value(printf('%.1f', fitted_slope)), any_value(printf('%.3f', fitted_log_loss)),
                any_value(printf('%.3f', default_log_loss))
            from pool.model_pairs
            semi join pool.int_pool_models as chosen on chosen_model = chosen.model
            semi join pool.int_pool_models as rejected on rejected_model = rejected.model
            cross join pool.label_calibration
        """).fetchone()])
        for row in connection.execute(f"""
            select strategy, labels, share, low, high, mean_similarity
            from ({AGREEMENT.format(shares=shares("pool"))})
            left join pool.strategy_summary using (strategy)
        """).fetchall():
            agreements.setdefault(row[0], {})[name] = row[1:]
        connection.close()
    print_table(
        ["reading", "median gap", "median similarity", "fitted slope", "log loss", "at slope 4"],
        spreads,
    )
    print_table(
        ["strategy"] + list(databases),
        [
            [strategy]
            + [
                f"{_share(of[name][1])} ({_share(of[name][2])} to {_share(of[name][3])}) "
                f"at {_similarity(of[name][4])}, {of[name][0]}"
                if name in of
                else "-"
                for name in databases
            ]
            for strategy, of in sorted(agreements.items())
        ],
    )


def _share(value):
    return f"{value:.2f}"


def _similarity(value):
    return "-" if value is None else f"{value:.3f}"


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

    judged = str(draw(judged_answers(data), work / "judged.jsonl"))
    print_judged(
        build(work, "paper", responses_path=judged, leaderboard="paper"),
        build(work, "seeds", responses_path=judged),
    )

    today = {
        "responses_path": str(draw(exercises(data), work / "today.jsonl")),
        "leaderboard": "open_llm_v2",
    }
    databases = {
        name: build(work, name, normalization=name, **today)
        for name in ("minmax", "chance", "rank")
    }
    today["leaderboard"] = str(cut_board(databases["minmax"], work))
    databases["minmax, pool alone"] = build(work, "alone", **today)
    print_readings(databases)


if __name__ == "__main__":
    main()
