"""The sample pool's decisions, line by line, as they were when last looked at.

To accept a change that is meant: `python tests/python/test_golden.py DATABASE`.
"""

import sys
from pathlib import Path

import duckdb

GOLDEN = Path(__file__).parent.parent / "fixtures" / "sample_pairs.csv"
DECISIONS = """
    select
        strategy,
        left(prompt, 40) as prompt,
        pair_rank,
        chosen_model,
        rejected_model,
        round(quality_gap, 6) as quality_gap,
        round(similarity, 6) as similarity,
        round(order_confidence, 6) as order_confidence,
        round(label_confidence, 6) as label_confidence,
        pair_id,
        null as abstention
    from preferences
    union all
    select strategy, left(prompt, 40), null, null, null, null, null, null, null, null, reason
    from abstentions inner join prompts using (prompt_id)
    order by all
"""


def write(database, path):
    with duckdb.connect(str(database), read_only=True) as connection:
        connection.execute(f"copy ({DECISIONS}) to '{path}' (format csv, header)")


def test_sample_pairs_are_as_they_were(sample_database, tmp_path):
    write(sample_database, tmp_path / "pairs.csv")
    now = (tmp_path / "pairs.csv").read_text(encoding="utf-8")
    assert now.splitlines() == GOLDEN.read_text(encoding="utf-8").splitlines()


if __name__ == "__main__":
    write(sys.argv[1], GOLDEN)
