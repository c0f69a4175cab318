"""Pairs checked by hand: a sheet that gives nothing away, and what is made of it when it is filled.

The golden sheet is filled by rules, and a short pandas script says what its verdicts are worth.
"""

import csv
import hashlib
import json
import math
import re

import duckdb
import pandas
import pytest

from zebra.__main__ import main

MODELS = ["gpt-4", "vicuna-33b", "alpaca-7b", "falcon-40b-instruct", "ultralm-13b"]
COLUMNS = ["key", "prompt", "answer_a", "answer_b", "verdict", "judge"]
PAIRS = 40
OPENINGS = ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\uff1d", '"', "'", "; ", "”", "One, ", ""]
MEASURES = ["judge_agreement", "label_agreement", "quarantined_verdicts"]


def digest(*texts):
    return int(hashlib.md5("|".join(texts).encode()).hexdigest(), 16)


def write_pool(path):
    """150 prompts, three of five models to each; texts open as formulas do, and hold separators."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(150):
            prompt = f'{OPENINGS[number % 7]}Question {number}; what,\nis "it"?'
            models = sorted(MODELS, key=lambda model: digest("who", str(number), model))[:3]
            for model in models:
                mark = digest(model, str(number))
                opening = OPENINGS[mark % len(OPENINGS)]
                response = f"{opening}Answer {mark % 10**6}" + " word" * (mark % 9)
                file.write(
                    json.dumps({"prompt": prompt, "model": model, "response": response}) + "\n"
                )
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("audit")


@pytest.fixture(scope="module")
def pool(folder):
    return {"responses_path": str(write_pool(folder / "pool.jsonl")), "audit_pairs": PAIRS}


@pytest.fixture(scope="module")
def unfilled(dbt_build, pool):
    """The database before anybody has judged."""
    return dbt_build(vars=pool, name="audit", only=["audit_sample", "preferences", *MEASURES])


@pytest.fixture(scope="module")
def sheet(unfilled, folder):
    """The rows of the sheet, as a spreadsheet reads them."""
    path = folder / "audit.csv"
    database = ["--database", str(unfilled.database)]
    assert main(["export", "audit_sample", "-o", str(path), "--quiet", *database]) == 0
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def pairs(unfilled):
    """The pairs of all strategies with their texts, which a sheet shows guarded."""
    return frame(unfilled.database, "preferences")


def frame(database, relation):
    with duckdb.connect(str(database), read_only=True) as connection:
        return connection.execute(f"select * from {relation}").df()


def save(path, rows, *, encoding="utf-8", **dialect):
    with path.open("w", encoding=encoding, newline="", errors="replace") as file:
        writer = csv.DictWriter(file, list(rows[0]), **dialect)
        writer.writeheader()
        writer.writerows(rows)
    return path


def filled(sheet, judge, rule):
    return [{**row, "verdict": rule(row), "judge": judge} for row in sheet]


def by_length(row):
    difference = len(row["answer_a"]) - len(row["answer_b"])
    return "tie" if abs(difference) < 4 else "a" if difference > 0 else "b"


def by_hash(row):
    """Says what by_length says of three in four, and leaves one in ten blank."""
    number = digest("by_hash", row["key"])
    return "" if number % 10 == 0 else by_length(row) if number % 4 else "b"


def by_chance(row):
    return ["a", "b", "tie"][digest("by_chance", row["key"]) % 3]


def guarded(text):
    is_formula = text.strip()[:1] in set("=+-@\uff1d") or text[:1] in set("\t\r\n")
    return "'" + text if is_formula else text


def test_a_sheet_has_six_columns_and_no_name(sheet, pairs):
    assert [list(row) for row in sheet] == [COLUMNS] * len(sheet)
    assert {(row["verdict"], row["judge"]) for row in sheet} == {("", "")}
    assert [row["key"] for row in sheet] == sorted({row["key"] for row in sheet})
    text = json.dumps(sheet)
    assert not [name for name in {*MODELS, *pairs["strategy"]} if name in text]


def test_what_a_spreadsheet_would_run_is_a_text(sheet, pairs):
    cells = [row[name] for row in sheet for name in COLUMNS]
    assert [cell for cell in cells if re.match(r"[=+\-@\t\r\n\uff1d]| =", cell)] == []
    shown = {row[name] for row in sheet for name in ("prompt", "answer_a", "answer_b")}
    texts = {*pairs["prompt"], *pairs["chosen"], *pairs["rejected"]}
    assert shown <= {guarded(text) for text in texts}
    assert {text[:2] for text in shown} >= {f"'{sign}" for sign in "=+-@\t\r\n \uff1d"}


def test_each_strategy_is_drawn_across_the_range_of_confidence(sheet, pairs):
    asked = {frozenset(row["key"].split("-")) for row in sheet}
    responses = zip(pairs["chosen_response_id"], pairs["rejected_response_id"])
    found = pairs.assign(asked=[frozenset(two) in asked for two in responses])
    for strategy, own in found.groupby("strategy"):
        own = own.sort_values(["label_confidence", "pair_id"], ignore_index=True)
        larger = len(own) % PAIRS * (len(own) // PAIRS + 1)
        strata = [
            place // (len(own) // PAIRS + 1)
            if place < larger
            else len(own) % PAIRS + (place - larger) // (len(own) // PAIRS)
            for place in range(len(own))
        ]
        assert own.groupby(strata)["asked"].any().tolist() == [True] * PAIRS, strategy
    # most is asked for several strategies, and once
    assert len(asked) == len(sheet) < PAIRS * found["strategy"].nunique() * 0.8


def test_nothing_in_a_sheet_tells_which_answer_is_chosen(sheet, pairs):
    chosen = dict.fromkeys(pairs["chosen_response_id"] + pairs["rejected_response_id"])
    sides = {}
    for row in sheet:
        first, second = row["key"].split("-")
        assert (first + second in chosen) != (second + first in chosen)
        sides[row["key"]] = first + second in chosen
    assert len(sides) > 100
    assert abs(sum(sides.values()) / len(sides) - 0.5) < 0.1
    # nor does it show which of the ids comes first, or how far up the alphabet they are
    ids = [key.split("-") if is_a else key.split("-")[::-1] for key, is_a in sides.items()]
    assert abs(sum(one < other for one, other in ids) / len(ids) - 0.5) < 0.1
    for side in zip(*ids):
        assert abs(sum(int(name[:4], 16) for name in side) / len(ids) / 0x10000 - 0.5) < 0.1


def outcome(verdicts):
    """What most of the judges say, tie where there is no such thing."""
    counts = pandas.Series(verdicts).value_counts()
    return counts.index[0] if len(counts) == 1 or counts.iloc[0] > counts.iloc[1] else "tie"


def wilson(right, n, z=1.959964):
    middle = right + z * z / 2
    half = z * math.sqrt(right * (n - right) / n + z * z / 4)
    return (middle - half) / (n + z * z), (middle + half) / (n + z * z)


RULES = {"ann": by_length, "bob": by_hash, "cy": by_chance}


@pytest.fixture(scope="module")
def golden(dbt_build, pool, sheet, folder):
    """The database with a sheet of each of three judges."""
    (folder / "golden").mkdir()
    for judge, rule in RULES.items():
        save(folder / "golden" / f"{judge}.csv", filled(sheet, judge, rule))
    vars = {**pool, "audit_path": str(folder / "golden" / "*.csv"), "confidence_slope": "auto"}
    return dbt_build(vars=vars, name="audit-golden").database


def test_agreement_with_people_is_as_pandas_counts_it(golden, sheet, pairs):
    said = {
        (row["prompt"], row["answer_a"], row["answer_b"]): outcome(
            [verdict for verdict in (rule(row) for rule in RULES.values()) if verdict]
        )
        for row in sheet
    }
    swapped = {"a": "b", "b": "a", "tie": "tie"}
    said.update({(prompt, b, a): swapped[is_] for (prompt, a, b), is_ in said.items()})
    texts = pairs[["prompt", "chosen", "rejected"]].map(guarded)
    pairs = pairs.assign(said=[said.get(tuple(row)) for row in texts.itertuples(index=False)])
    found = frame(golden, "label_agreement").set_index(["strategy", "source", "gap_bucket"])
    assert set(found.index.get_level_values("source")) == {"verdicts"}
    for strategy, own in pairs.dropna(subset=["said"]).groupby("strategy"):
        row = found.loc[(strategy, "verdicts", "all")]
        right, wrong = (own["said"] == "a").sum(), (own["said"] == "b").sum()
        counts = (len(own), (own["said"] == "tie").sum(), right)
        assert tuple(row[["pairs_scored", "ties", "agreements"]]) == counts
        assert len(own) >= PAIRS
        assert row["agreement"] == pytest.approx(right / (right + wrong), abs=1e-8)
        low, high = wilson(right, right + wrong)
        assert (row["agreement_low"], row["agreement_high"]) == pytest.approx((low, high), abs=1e-8)
    assert found.loc[("all_pairs", "verdicts", "all")]["pairs_scored"] == len(sheet)
    assert frame(golden, "quarantined_verdicts").empty


def kappa(first, second):
    both = pandas.DataFrame({"first": first, "second": second}).replace("", None).dropna()
    agreement = (both["first"] == both["second"]).mean()
    shares = [both[name].value_counts(normalize=True) for name in both]
    chance = shares[0].mul(shares[1], fill_value=0).sum()
    return len(both), (agreement - chance) / (1 - chance)


def fleiss(verdicts):
    counts = verdicts.replace("", None).apply(pandas.Series.value_counts, axis=1).fillna(0)
    n = counts.sum(axis=1)
    agreement = ((counts * (counts - 1)).sum(axis=1) / (n * (n - 1))).mean()
    chance = ((counts.sum() / counts.sum().sum()) ** 2).sum()
    return len(counts), (agreement - chance) / (1 - chance)


def test_agreement_of_judges_is_as_pandas_counts_it(golden, sheet):
    said = pandas.DataFrame({judge: map(rule, sheet) for judge, rule in RULES.items()})
    expected = {
        ("ann", "bob"): ("cohen", *kappa(said["ann"], said["bob"])),
        ("ann", "cy"): ("cohen", *kappa(said["ann"], said["cy"])),
        ("bob", "cy"): ("cohen", *kappa(said["bob"], said["cy"])),
        ("ann", "bob", "cy"): ("fleiss", *fleiss(said)),
    }
    found = frame(golden, "judge_agreement")
    rows = found[["kappa_by", "pairs_judged", "kappa"]].itertuples(index=False)
    by_judges = dict(zip(map(tuple, found["judges"]), map(tuple, rows)))
    assert by_judges.keys() == expected.keys()
    for judges, (by, n, value) in expected.items():
        assert by_judges[judges] == (by, n, pytest.approx(value, abs=1e-8))


def test_the_slope_is_fitted_to_people(golden):
    [calibration] = frame(golden, "label_calibration").to_dict("records")
    [decided] = (
        frame(golden, "label_agreement")
        .query("strategy == 'all_pairs' and gap_bucket == 'all'")[["pairs_scored", "ties"]]
        .to_dict("records")
    )
    assert (calibration["slope_from"], calibration["fitted_to"]) == ("fitted", "verdicts")
    assert calibration["pairs_scored"] == decided["pairs_scored"] - decided["ties"]


def test_a_sheet_outlives_what_it_was_drawn_from(dbt_build, pool, golden, sheet, folder):
    changed = {"strategies": {"other": {"order_by": "quality_gap"}}, "audit_pairs": 3}
    vars = {**pool, **changed, "audit_path": [str(folder / "golden" / "ann.csv")]}
    only = ["audit_sample", *MEASURES]
    database = dbt_build(vars=vars, name="audit-changed", only=only).database
    assert len(frame(database, "audit_sample")) == 3
    found = frame(database, "label_agreement").set_index(["strategy", "gap_bucket"])
    assert found.loc[("all_pairs", "all")]["pairs_scored"] == len(sheet)
    assert 0 < found.loc[("other", "all")]["pairs_scored"] < len(sheet)
    assert frame(database, "quarantined_verdicts").empty


DIALECTS = {
    "plain": {},
    "semicolons": {"delimiter": ";"},
    "mark": {"encoding": "utf-8-sig"},
    "tabs": {"delimiter": "\t"},
    "windows": {"encoding": "cp1252", "delimiter": ";"},
    "quoted": {"quoting": csv.QUOTE_ALL},
    "lines": {"lineterminator": "\n"},
    "everything": {"encoding": "utf-8-sig", "delimiter": ";", "quoting": csv.QUOTE_ALL},
}


def test_sheets_are_read_as_spreadsheets_save_them(dbt_build, sheet, folder):
    (folder / "saved").mkdir()
    for name, dialect in DIALECTS.items():
        rows = filled(sheet, f" {name.capitalize()}, “Žoë” ", lambda row: by_length(row).upper())
        save(folder / "saved" / f"{name}.csv", rows, **dialect)
    # columns that people add, move and leave out, capitals, and rows that spreadsheets add
    moved = [
        {"Notes": "x", "VERDICT": f" {by_length(row).capitalize()}", "Key": row["key"].upper()}
        for row in sheet
    ]
    save(folder / "saved" / "Moved Ones.csv", [*moved, dict.fromkeys(moved[0], "")])
    vars = {"audit_path": [f"{folder}/saved/*.csv", f"{folder}/saved/plain.csv"]}
    database = dbt_build(vars=vars, name="audit-saved", only=["stg_verdicts"]).database
    found = frame(database, "stg_verdicts")
    expected = {row["key"]: by_length(row) for row in sheet}
    judges = {f"{name}, “žoë”" for name in DIALECTS} | {"moved ones"}
    assert set(found["judge"]) == judges
    for judge, own in found.groupby("judge"):
        assert dict(zip(own["key"], own["verdict"])) == expected, judge
        assert sorted(own["row_number"]) == list(range(1, len(sheet) + 1))


def test_a_verdict_that_measures_nothing_says_why(dbt_build, pool, sheet, folder):
    rows = filled(sheet[:6], "ann", lambda row: "a")
    rows[1]["verdict"] = "left"
    rows[2]["key"] = "nobody"
    rows[3]["verdict"] = "  "
    save(folder / "first.csv", rows)
    again = filled(sheet[:6], "Ann ", lambda row: "a")[4:]
    again[0]["verdict"] = "b"
    save(folder / "second.csv", again)
    vars = {**pool, "audit_path": [f"{folder}/{name}.csv" for name in ("first", "second")]}
    database = dbt_build(vars=vars, name="audit-refused", only=MEASURES).database
    refused = frame(database, "quarantined_verdicts")
    refused["source_file"] = refused["source_file"].str.rpartition("/")[2]
    assert list(refused[["source_file", "row_number", "reason"]].itertuples(index=False)) == [
        ("first.csv", 2, "not_a_verdict"),
        ("first.csv", 3, "unknown_key"),
        ("first.csv", 5, "contradicting_verdicts"),
        ("second.csv", 1, "contradicting_verdicts"),
        ("second.csv", 2, "repeated_verdict"),
    ]
    found = frame(database, "label_agreement").set_index(["strategy", "gap_bucket"])
    # rows 1 and 6: row 4 is not judged
    assert found.loc[("all_pairs", "all")]["pairs_scored"] == 2


UNREADABLE = [
    ("utf16.csv", "key\tverdict\r\nk\ta\r\n".encode("utf-16"), "is in UTF-16; save the sheet"),
    ("sheet.xlsx", b"PK\x03\x04", "is a workbook; save the sheet that zebra export audit_sample"),
    ("other.csv", b"id,verdict\nk,a\n", "has no columns key and verdict in its first line"),
    ("empty.csv", b"", "has no columns key and verdict in its first line"),
    ("open.csv", b'key,prompt,verdict\nk,"p,a\n', "opens a quote that it does not close"),
]


@pytest.mark.parametrize(("name", "content", "sentence"), UNREADABLE)
def test_a_file_that_is_no_sheet_stops_the_build(dbt_build, tmp_path, name, content, sentence):
    (tmp_path / name).write_bytes(content)
    built = dbt_build(vars={"audit_path": str(tmp_path / "*")}, only=["stg_verdicts"], check=False)
    assert built.returncode == 1
    assert f"var audit_path: {tmp_path}/{name} {sentence}" in built.output


def test_a_sheet_that_is_not_there_stops_the_build(dbt_build, tmp_path):
    built = dbt_build(vars={"audit_path": f"{tmp_path}/*.csv"}, only=["stg_verdicts"], check=False)
    assert built.returncode == 1
    assert f"var audit_path: no file at {tmp_path}/*.csv" in built.output


def test_without_sheets_none_is_read_and_nothing_is_measured(unfilled):
    compiled = next((unfilled.target / "compiled").rglob("stg_verdicts.sql"))
    assert "read_" not in compiled.read_text(encoding="utf-8")
    assert all(frame(unfilled.database, relation).empty for relation in MEASURES)
