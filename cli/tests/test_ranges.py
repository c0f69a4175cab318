"""An export made of ranges is the same as one that is not."""

import pytest

from zebra.database import Database
from zebra.layouts import Selection, formats
from zebra.ranges import ranges_of
from zebra.survey import Survey

from .test_export import rows_of


@pytest.fixture
def little_memory(monkeypatch):
    """Every selection of more than a few pairs is cut."""
    return lambda: monkeypatch.setattr(Database, "memory_limit", 7_000)


def n_ranges(database, **selected):
    with Database(database) as opened:
        relation = opened.relation("preferences")
        layout = formats()[selected.pop("layout", "trl")]
        selection = Selection(relation, layout, **selected)
        return len(ranges_of(opened, selection, Survey(opened, selection)))


@pytest.mark.parametrize("layout", formats())
@pytest.mark.parametrize("order", ["prompt", "curriculum", "shuffle"])
def test_any_layout_and_order(zebra, sample_database, tmp_path, little_memory, layout, order):
    selected = {"layout": layout, "order": order}
    arguments = ["export", "preferences", "--format", layout, "--order", order]
    paths = [tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"]
    assert n_ranges(sample_database, **selected) == 1
    assert zebra(*arguments, "-o", paths[0]).status == 0
    little_memory()
    # What becomes of a pair in these depends on pairs that are far from it in the order.
    assert (n_ranges(sample_database, **selected) > 10) == (layout not in ("kto", "sft"))
    assert zebra(*arguments, "-o", paths[1]).status == 0
    assert paths[0].read_bytes() == paths[1].read_bytes()
    assert zebra(*arguments, "-o", "-").out.encode() == paths[0].read_bytes()
    assert sorted(tmp_path.iterdir()) == sorted(paths)


@pytest.mark.parametrize("layout", ["kto", "sft"])
def test_all_pairs_of_a_prompt_are_in_one_range(
    zebra, sample_database, tmp_path, little_memory, layout
):
    paths = [tmp_path / "whole.jsonl", tmp_path / "cut.jsonl"]
    for path in paths:
        arguments = ["--format", layout, "--strategy", "contrast"]
        assert zebra("export", "preferences", *arguments, "-o", path).status == 0
        little_memory()
    assert n_ranges(sample_database, layout=layout, strategies=("contrast",)) > 1
    assert paths[0].read_bytes() == paths[1].read_bytes()


@pytest.mark.parametrize("ending", ["jsonl.gz", "jsonl.zst", "parquet", "csv"])
def test_any_ending(zebra, tmp_path, little_memory, ending):
    import duckdb

    paths = [tmp_path / f"whole.{ending}", tmp_path / f"cut.{ending}"]
    for path in paths:
        flags = ["--where", "quality_gap > 0.05 -- in any way"]
        assert zebra("export", "preferences", *flags, "-o", path).status == 0
        little_memory()
    whole, cut = (duckdb.sql(f"from '{path}'").fetchall() for path in paths)
    assert whole == cut


def test_shards(zebra, pairs_database, tmp_path, little_memory):
    flags = ["--database", pairs_database(), "--shard-rows", "7", "--file-type", "jsonl"]
    for folder in ("whole", "cut"):
        assert zebra("export", "preferences", *flags, "-o", tmp_path / folder).status == 0
        little_memory()
    files = sorted(path.relative_to(tmp_path / "cut") for path in tmp_path.glob("cut/*/*.jsonl"))
    assert len(files) > 4
    for file in files:
        assert rows_of(tmp_path / "whole" / file) == rows_of(tmp_path / "cut" / file)


def test_rows_without_a_place_are_not_lost(pairs_database, little_memory):
    little_memory()
    changed = "update preferences set prompt_id = null where strategy = 'easy' and pair_rank = 1"
    assert n_ranges(pairs_database(changed)) == 1
