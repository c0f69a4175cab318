"""What cannot be built stops with one sentence that says what is wrong and what to do.

Each test builds what has to refuse, and nothing after it.
"""

import json
import shutil

import duckdb
import pytest

GOOD = {"prompt": "p", "model": "gpt-4", "response": "r"}


def test_a_path_without_a_file(dbt_build, tmp_path):
    built = dbt_build(
        vars={"responses_path": str(tmp_path / "no*.jsonl")}, only=["stg_pool_files"], check=False
    )
    assert built.returncode == 1
    assert f"var responses_path: no file at {tmp_path}/no*.jsonl" in built.output


def test_columns_that_fit_no_shape(dbt_build, tmp_path):
    path = tmp_path / "pool.jsonl"
    path.write_text('{"question": "q", "text": "t"}\n')
    built = dbt_build(vars={"responses_path": str(path)}, only=["stg_pool_responses"], check=False)
    assert built.returncode == 1
    assert "has the columns question, text, which fit none of the shapes" in built.output
    assert "pool.jsonl names no models" in built.output
    assert "the nearest is flat, which also needs " in built.output


def test_an_ending_that_is_not_read(dbt_build, tmp_path):
    path = tmp_path / "pool.xlsx"
    path.write_text("x")
    built = dbt_build(vars={"responses_path": str(path)}, only=["stg_pool_responses"], check=False)
    assert built.returncode == 1
    assert "pool.xlsx has no ending that ZEBRA reads" in built.output


@pytest.mark.parametrize("text", [json.dumps(GOOD), 3 * (json.dumps(GOOD) + "\n")])
def test_json_in_utf_16(dbt_build, tmp_path, text):
    path = tmp_path / "pool.jsonl"
    path.write_bytes(text.encode("utf-16"))
    built = dbt_build(vars={"responses_path": str(path)}, only=["stg_pool_responses"], check=False)
    assert built.returncode == 1
    assert f"var responses_path: {path} is in UTF-16; save it as UTF-8." in built.output


def test_json_lines_none_of_which_is_utf_8(dbt_build, tmp_path):
    path = tmp_path / "pool.jsonl"
    line = json.dumps({**GOOD, "response": "caf\u00e9"}, ensure_ascii=False) + "\n"
    path.write_bytes(("\n" + line * 2).encode("cp1252"))
    built = dbt_build(vars={"responses_path": str(path)}, only=["stg_pool_responses"], check=False)
    assert built.returncode == 1
    assert f"{path}, line 2: the text is not UTF-8; save it as UTF-8." in built.output


def test_a_json_list_that_is_not_utf_8(dbt_build, tmp_path):
    path = tmp_path / "pool.json"
    rows = [GOOD, {**GOOD, "response": "caf\u00e9"}]
    path.write_bytes(json.dumps(rows, ensure_ascii=False, indent=1).encode("cp1252"))
    built = dbt_build(vars={"responses_path": str(path)}, only=["stg_pool_responses"], check=False)
    assert built.returncode == 1
    assert f"{path}: the text is not UTF-8; save it as UTF-8." in built.output


def test_a_pool_whose_models_are_all_unknown(dbt_build, tmp_path):
    path = tmp_path / "pool.jsonl"
    rows = [{**GOOD, "model": name} for name in ("newcomer-b", "newcomer-a")]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    built = dbt_build(vars={"responses_path": str(path)}, only=["int_prompts"], check=False)
    assert built.returncode == 1
    assert (
        "no model of the pool is known: newcomer-a (1 rows), newcomer-b (1 rows); add"
        in built.output
    )


def test_an_empty_pool(dbt_build, tmp_path):
    path = tmp_path / "pool.jsonl"
    path.write_text("")
    built = dbt_build(vars={"responses_path": str(path)}, only=["int_prompts"], check=False)
    assert built.returncode == 1
    assert "the pool holds no response" in built.output


def test_a_csv_line_with_a_field_too_many_stops_the_build(dbt_build, tmp_path):
    path = tmp_path / "pool.csv"
    path.write_text("prompt,model,response\na,gpt-4,b\na,bard,c,d\n")
    built = dbt_build(vars={"responses_path": str(path)}, only=["stg_pool_responses"], check=False)
    assert built.returncode == 1
    assert "pool.csv" in built.output


SENSELESS = [
    ({"normalization": "z"}, 'var normalization is "z": allowed is one of minmax, chance'),
    ({"missing_scores": 1}, "var missing_scores is 1: allowed is one of column_mean"),
    ({"similarity": "dot"}, 'var similarity is "dot": allowed is one of cosine'),
    ({"min_coverage": 1.5}, "var min_coverage is 1.5: allowed is a number from 0 to 1."),
    ({"min_coverage": True}, "var min_coverage is true: allowed is a number"),
    ({"test_fraction": -1}, "var test_fraction is -1: allowed is a number from 0 to 1."),
    ({"confidence_slope": "steep"}, 'var confidence_slope is "steep": allowed is'),
    ({"pairs_per_prompt": 0}, "var pairs_per_prompt is 0: allowed is a whole number"),
    ({"pairs_per_prompt": 1.5}, "var pairs_per_prompt is 1.5: allowed is a whole number"),
    ({"responses_format": "xml"}, 'var responses_format is "xml": allowed is one of auto'),
    (
        {"responses_columns": ["prompt"]},
        'var responses_columns is ["prompt"]: allowed is a mapping from fields to columns',
    ),
    ({"responses_columns": {"promt": "q"}}, "var responses_columns: promt is no field; fields are"),
    ({"responses_columns": {"prompt": 5}}, "var responses_columns: prompt is 5: allowed is"),
    (
        {"responses_columns": {"*.csv": {"prompt": "q"}, "model": "m"}},
        "allowed is a mapping from fields to columns, or from globs of files to such mappings",
    ),
    ({"exclude_sources": "a"}, 'var exclude_sources is "a": allowed is a list of texts'),
    ({"audit_pairs": 0}, "var audit_pairs is 0: allowed is a whole number of at least 1."),
    ({"capability_weights": {"reasoning": -1}}, "var capability_weights is"),
    ({"strategies": {"x": {}}}, "strategy x: order_by is missing"),
    ({"doubts": "drop"}, 'var doubts is "drop": allowed is one of keep, leave_out.'),
    ({"doubt_above": -1}, "var doubt_above is -1: allowed is a number of at least 0."),
    ({"compare_all_up_to": -1}, "var compare_all_up_to is -1: allowed is a whole number"),
    ({"confidence_slope": -1}, "var confidence_slope is -1: allowed is a number of at least 0"),
    ({"distinct_prefix": 10}, "var distinct_prefix is 10: allowed is a whole number of at"),
    ({"score_direction": {"flat": "up"}}, "var score_direction is"),
    ({"strategies": {"x": {"draw": "yes"}}}, 'strategy x: draw is "yes": allowed is true or'),
    (
        {"strategies": {"x": {"draw": True, "max_model_share": 2}}},
        "strategy x: max_model_share is 2: allowed is a number above 0, up to 1.",
    ),
    (
        {"strategies": {"x": {"draw": True, "max_length_ratio": 0.5}}},
        "strategy x: max_length_ratio is 0.5: allowed is a number of at least 1.",
    ),
    (
        {"strategies": {"x": {"draw": True, "pairs_per_prompt": "many"}}},
        'strategy x: pairs_per_prompt is "many": allowed is a whole number of at least 1',
    ),
    (
        {"strategies": {"x": {"draw": True, "max_model_share": 0.5}}, "pairs_per_prompt": 2},
        "strategy x: max_model_share goes with pairs_per_prompt: 1 only",
    ),
    (
        {"strategies": {"x": {"draw": True, "min_similarity": "high"}}},
        'strategy x: min_similarity is "high": allowed is a number.',
    ),
    (
        {"strategies": {"x": {"draw": True, "min_charm": 0.5}}},
        "strategy x: unknown setting min_charm; known are where",
    ),
    (
        {"strategies": {"all_pairs": {"draw": True}}},
        "strategy all_pairs: the name is taken by a baseline",
    ),
    (
        {"strategies": {"x": {"order_by": "similarity", "limit": 3}}},
        "strategy x: unknown setting limit",
    ),
    (
        {"strategies": {"x": {"order_by": "prettiness desc"}}},
        "strategy x: order_by names prettiness, which is no column",
    ),
    (
        {"strategies": {"x": {"order_by": "similarity", "where": "similarity >"}}},
        "strategy x: where and order_by are not SQL",
    ),
    (
        {"strategies": {"x": {"order_by": "similarity", "where": "charm(similarity) > 1"}}},
        "strategy x: where and order_by are not SQL that can run: Scalar Function with name",
    ),
    (
        {"strategies": {"x": {"order_by": "similarity", "where": "sum(similarity) > 1"}}},
        "strategy x: where and order_by are not SQL that can run: WHERE clause cannot",
    ),
    (
        {"strategies": {"x": {"order_by": "similarity, random()"}}},
        "strategy x: where and order_by cannot use random()",
    ),
    (
        {"strategies": {"x": {"order_by": "similarity", "where": "chosen_model"}}},
        'strategy x: where is "chosen_model", which is neither true nor false.',
    ),
    (
        {"strategies": {"x": {"order_by": "similarity", "weights": {"charm": 1}}}},
        "strategy x: weights maps columns to numbers",
    ),
]
# What models would trip over while the project is parsed is refused by them.
MET_WHILE_PARSING = [
    ({"unusable_pairs": ["ugly"]}, 'var unusable_pairs is ["ugly"]: allowed is a list of same'),
    ({"unusable_pairs": None}, "var unusable_pairs is null: allowed is a list of"),
    ({"responses_path": 5}, "var responses_path is 5: allowed is a path"),
    ({"responses_path": []}, "var responses_path is []: allowed is a path"),
    ({"audit_path": [""]}, 'var audit_path is [""]: allowed is a path'),
    ({"strategies": {}}, "var strategies is {}: allowed is a mapping"),
    ({"strategies": {"S P": {"order_by": "similarity"}}}, "strategy S P: a strategy's name"),
    (
        {"strategies": {"x": {"order_by": {"similarity": "desc"}}}},
        'strategy x: order_by is {"similarity": "desc"}: allowed is a text, or a list of',
    ),
    (
        {"strategies": {"x": {"order_by": "similarity", "weights": None}}},
        "strategy x: weights is null: allowed is a mapping from columns to numbers.",
    ),
    ({"strategies": {"x": None}}, "strategy x: its settings are a mapping"),
    ({"strategies": ["x"]}, 'var strategies is ["x"]: allowed is a mapping'),
]


@pytest.mark.parametrize(("value", "sentence"), SENSELESS)
def test_a_var_that_makes_no_sense(dbt_command, value, sentence):
    ran = dbt_command(["run", "--select", "stg_benchmarks"], vars=value)
    assert ran.returncode != 0
    assert sentence in ran.output


@pytest.mark.parametrize(("value", "sentence"), MET_WHILE_PARSING)
def test_a_var_that_makes_no_sense_while_parsing(dbt_command, value, sentence):
    ran = dbt_command(["run", "--select", "stg_benchmarks"], vars=value, reparse=True)
    assert ran.returncode != 0
    assert sentence in ran.output


def senseless_together():
    """All that makes no sense, in as few sets of vars as hold it, each strategy by another name."""
    sets = [{}]
    for number, (value, _) in enumerate(SENSELESS):
        if "x" in value.get("strategies", {}):
            strategies = {f"x{number}": value["strategies"]["x"]}
            sets[0]["strategies"] = {**sets[0].get("strategies", {}), **strategies}
            value = {name: setting for name, setting in value.items() if name != "strategies"}
        for name, setting in value.items():
            if all(name in vars for vars in sets):
                sets.append({})
            next(vars for vars in sets if name not in vars)[name] = setting
    return sets


@pytest.mark.parametrize("vars", senseless_together(), ids=lambda vars: "-".join(vars))
def test_a_var_that_makes_no_sense_is_met_after_parsing(dbt_command, vars):
    """So that the check of vars is what speaks first."""
    ran = dbt_command(["parse"], vars=vars)
    assert ran.returncode == 0, ran.output


LEADERBOARDS = {
    "no number": (
        "benchmark_scores",
        "gpt-4,IFEval,n/a,x",
        'score "n/a" of gpt-4 on IFEval is no number',
    ),
    "too high": (
        "benchmark_scores",
        "new,MMLU-Pro,63.71,x",
        "score 63.71 of new on MMLU-Pro is outside [0, 1.0]",
    ),
    "under zero": (
        "benchmark_scores",
        "new,MMLU,-3,x",
        "score -3 of new on MMLU is outside [0, 100.0]",
    ),
    "no metadata": (
        "benchmark_scores",
        "new,Chess,50,x",
        "benchmark Chess has 1 scores and no row in benchmarks.csv",
    ),
    "twice": (
        "benchmark_scores",
        "GPT-4,MMLU,80,x",
        "has 2 scores on MMLU, 80.0 and 86.4, one is meant",
    ),
    "no unit": (
        "benchmarks",
        "New,reasoning,accuracy,stars,0,5,true,1,x",
        "benchmark New needs a name, a unit",
    ),
    "two meanings": ("model_aliases", "gpt4,bard", "alias gpt4 stands for bard and for gpt-4"),
}


@pytest.mark.parametrize("case", list(LEADERBOARDS))
def test_a_leaderboard_with_a_problem(dbt_command, project_copy, case):
    seed, line, sentence = LEADERBOARDS[case]
    with (project_copy / "seeds" / f"{seed}.csv").open("a") as file:
        file.write(line + "\n")
    ran = dbt_command(
        ["build", "--select", "+leaderboard_problems", "--exclude-resource-type", "unit_test"],
        project=project_copy,
    )
    assert ran.returncode == 1
    assert f"{seed}.csv: " in ran.output
    assert sentence in ran.output
    assert "Mend the seed and build again." in ran.output


def test_a_benchmark_on_which_all_are_level_is_left_out_with_a_warning(
    dbt_command, project_copy, tmp_path
):
    with (project_copy / "seeds" / "benchmarks.csv").open("a") as file:
        file.write("Level,reasoning,accuracy,percent,0,100,true,1,x\n")
    with (project_copy / "seeds" / "benchmark_scores.csv").open("a") as file:
        file.write("gpt-4,Level,50,x\nbard,Level,50,x\n")
    ran = dbt_command(
        ["build", "--select", "+behavior_scores", "benchmarks_without_spread"], project=project_copy
    )
    assert ran.returncode == 0
    assert "WARN 1 benchmarks_without_spread" in ran.output
    with duckdb.connect(str(ran.database), read_only=True) as connection:
        levels = connection.execute(
            "select count(*) from behavior_scores where benchmark = 'Level'"
        ).fetchone()
    assert levels == (0,)
    shutil.rmtree(project_copy)
