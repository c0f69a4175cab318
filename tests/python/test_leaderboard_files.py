"""Leaderboards as others publish them: read with their own figures, or refused in a sentence."""

import csv
import json

import duckdb
import pytest

from random_boards import write_board as write_random_board

# file: further vars, models, benchmarks, and some figures in the benchmark's unit
PUBLISHED = {
    "open_llm_contents_excerpt.csv": (
        {"duplicate_scores": "first"},
        157,
        6,
        {
            ("0-hero/Matter-0.2-7B-DPO", "IFEval"): 33.02792147058693,
            ("0-hero/Matter-0.2-7B-DPO", "MMLU-Pro"): 0.1163563829787234,
            ("01-ai/Yi-1.5-34B", "GPQA"): 36.577181208053694,
            ("01-ai/Yi-1.5-34B", "MATH Level 5"): 15.181268882175228,
        },
    ),
    "livebench_2024_06_24.csv": (
        {},
        73,
        6,
        {
            ("chatgpt-4o-latest", "LiveBench Coding 2024-06-24"): (42 + 50) / 2,
            ("claude-3-5-sonnet-20240620", "LiveBench Reasoning 2024-06-24"): (80 + 48) / 2,
            ("claude-3-haiku-20240307", "LiveBench Data Analysis 2024-06-24"): (50 + 12.62 + 62)
            / 3,
        },
    ),
    "livebench_2026_01_08.csv": (
        {},
        121,
        7,
        {
            ("arcee-trinity-large-preview", "LiveBench Agentic Coding 2026-01-08"): (0 + 10 + 0)
            / 3,
            ("claude-4-1-opus-20250805-base", "LiveBench Coding 2026-01-08"): (76.087 + 76.056) / 2,
        },
    ),
    "alpaca_eval_2.csv": (
        {
            "leaderboard_columns": {
                "AlpacaEval LC": "length_controlled_winrate",
                "AlpacaEval": "win_rate",
            }
        },
        223,
        2,
        {
            ("NullModel", "AlpacaEval LC"): 86.45780691307947,
            ("NullModel", "AlpacaEval"): 76.91979180386511,
        },
    ),
    "arena_hard_leaderboard_20240731.csv": (
        {},
        60,
        1,
        {("gpt-4-turbo-2024-04-09", "Arena-Hard"): 82.63, ("yi-large", "Arena-Hard"): 63.7},
    ),
    "obsscaling_instruct.csv": (
        {"leaderboard_units": {"MT-Bench": "fraction"}},
        27,
        8,
        {
            ("gpt-4-0613", "MMLU"): 86.4,
            ("gpt-4-0613", "HumanEval"): 87.19512195121951,
            ("gpt-4-0613", "MT-Bench"): 9.18,
            ("codellama-34b-instruct", "ARC-Challenge"): 54.26621160409556,
        },
    ),
    "epoch_gsm8k.csv": (
        {"duplicate_scores": "highest"},
        187,
        1,
        {("Palmyra X (43B)", "GSM8K"): 63.3, ("GPT-4", "GSM8K"): 92},
    ),
    "every_eval_ever/*.json": (
        {},
        4,
        8,
        {
            ("Qwen/Qwen2.5-Coder-7B-Instruct", "IFEval"): 61.47,
            ("meta-llama/Llama-3.2-3B", "MATH Level 5"): 1.89,
            ("qwen/qwen3-235b-a22b-instruct-2507-fp8", "MMLU-Pro"): 0.844,
            ("qwen/qwen3-235b-a22b-instruct-2507-fp8", "WildBench"): 86.6,
        },
    ),
    "results_2024-01-01T00-00-00.json": ({}, 1, 1, {("x/vicuna-33b", "HellaSwag"): 78}),
    "zebra_authors_benchmark.csv": (
        {},
        16,
        6,
        {
            ("gpt-4", "IFEval"): 85.37,
            ("gpt-4", "MMLU-Pro"): 0.6371,
            ("vicuna-33b", "MMLU"): 64,
            ("pythia-12b", "ARC-Easy"): 24.49,
        },
    ),
}

# file: further vars, and all of its figures
CASES = {
    "33-livebench-below-one/table.csv": (
        {},
        {
            ("gpt-4", "LiveBench Mathematics"): 61,
            ("gpt-4", "LiveBench Coding"): 60.87,
            ("gpt-4", "LiveBench Language"): 34.833,
            ("gpt-4", "LiveBench Reasoning"): 41,
            ("llama-2-7b-chat", "LiveBench Mathematics"): 12,
            ("llama-2-7b-chat", "LiveBench Coding"): 9.4,
            ("llama-2-7b-chat", "LiveBench Language"): 1,
            ("llama-2-7b-chat", "LiveBench Reasoning"): 7.5,
            ("devstral-2512", "LiveBench Mathematics"): 49,
            ("devstral-2512", "LiveBench Coding"): 58.1,
            ("devstral-2512", "LiveBench Language"): 22.3,
            ("devstral-2512", "LiveBench Reasoning"): 0.5,
        },
    ),
    "33-livebench-below-one/mmlu_and_below.csv": (
        {"leaderboard_units": {"GPQA": "percent"}},
        {
            ("gpt-4", "MMLU"): 86.4,
            ("gpt-4", "GPQA"): 20.4,
            ("open-thoughts/OpenThinker-7B", "MMLU"): 41.6,
            ("open-thoughts/OpenThinker-7B", "GPQA"): 0.8948545861297527,
        },
    ),
    "34-openllm-v2-contents/contents.csv": (
        {"duplicate_scores": "highest"},
        {
            ("meta-llama/Llama-2-7b-chat-hf", "IFEval"): 39.8,
            ("meta-llama/Llama-2-7b-chat-hf", "BBH"): 31.1,
            ("meta-llama/Llama-2-7b-chat-hf", "MATH Level 5"): 1,
            ("meta-llama/Llama-2-7b-chat-hf", "GPQA"): 25,
            ("meta-llama/Llama-2-7b-chat-hf", "MuSR"): 36.7,
            ("meta-llama/Llama-2-7b-chat-hf", "MMLU-Pro"): 0.168,
            ("lmsys/vicuna-33b", "IFEval"): 30,
            ("lmsys/vicuna-33b", "BBH"): 40,
            ("lmsys/vicuna-33b", "MATH Level 5"): 2,
            ("lmsys/vicuna-33b", "GPQA"): 27,
            ("lmsys/vicuna-33b", "MuSR"): 39,
            ("lmsys/vicuna-33b", "MMLU-Pro"): 0.24,
        },
    ),
    "35-html-model-rank-first/board.csv": (
        {"duplicate_scores": "mean"},
        {
            ("microsoft/phi-4", "MMLU-Pro"): (0.4763 + 0.4772) / 2,
            ("microsoft/phi-4", "BBH"): (52.43 + 52.58) / 2,
            # Most lie under chance: 0 is chance and 100 the ceiling.
            ("microsoft/phi-4", "GPQA"): 25 + 0.75 * (20.81 + 20.13) / 2,
            ("lmsys/vicuna-33b", "MMLU-Pro"): 0.155,
            ("lmsys/vicuna-33b", "BBH"): 15,
            ("lmsys/vicuna-33b", "GPQA"): 25 + 0.75 * 2.6,
        },
    ),
    "35-html-model-rank-first/numbers_only.csv": (
        {},
        {("gpt-4", "MMLU"): 86.4, ("vicuna-33b", "MMLU"): 59.2, ("alpaca-7b", "MMLU"): 41},
    ),
    "36-openllm-v1-report/20230817.csv": (
        {},
        {
            ("WizardLM/WizardLM-70B-V1.0", "ARC-Challenge"): 65,
            ("WizardLM/WizardLM-70B-V1.0", "HellaSwag"): 85,
            ("WizardLM/WizardLM-70B-V1.0", "MMLU"): 64,
            ("WizardLM/WizardLM-70B-V1.0", "TruthfulQA"): 54,
            ("lmsys/vicuna-33b", "ARC-Challenge"): 62,
            ("lmsys/vicuna-33b", "HellaSwag"): 83,
            ("lmsys/vicuna-33b", "MMLU"): 59,
            ("lmsys/vicuna-33b", "TruthfulQA"): 56,
        },
    ),
    "36-openllm-v1-report/no_url.csv": (
        {},
        {
            ("WizardLM/WizardMath-70B-V1.0", "ARC-Challenge"): 67.9,
            ("WizardLM/WizardMath-70B-V1.0", "MMLU"): 68.9,
            ("lmsys/vicuna-33b", "ARC-Challenge"): 62,
            ("lmsys/vicuna-33b", "MMLU"): 59,
        },
    ),
    "38-errors-and-counts-as-benchmarks/alpaca_eval.csv": (
        {"leaderboard_columns": {"AlpacaEval LC": "length_controlled_winrate"}},
        {
            ("gpt4", "AlpacaEval LC"): 38.1,
            ("vicuna-33b-v1.3", "AlpacaEval LC"): 17.6,
            ("alpaca-7b", "AlpacaEval LC"): 5.9,
        },
    ),
    "38-errors-and-counts-as-benchmarks/arena_hard.csv": (
        {},
        {("gpt-4-0314", "Arena-Hard"): 50, ("llama-2-70b-chat", "Arena-Hard"): 11.55},
    ),
    "42-european-numbers/semicolon.csv": (
        {},
        {
            ("gpt-4", "GSM8K"): 92,
            ("gpt-4", "ARC-Challenge"): 96.3,
            ("vicuna-33b", "GSM8K"): 51.2,
            ("vicuna-33b", "ARC-Challenge"): 62.1,
        },
    ),
    "42-european-numbers/one_decimal.tsv": (
        {},
        {
            ("gpt-4", "GSM8K"): 92,
            ("gpt-4", "ARC-Challenge"): 96.3,
            ("vicuna-33b", "GSM8K"): 51.2,
            ("vicuna-33b", "ARC-Challenge"): 62.1,
        },
    ),
    "42-european-numbers/three_decimals.tsv": (
        {},
        {
            ("gpt-4", "GSM8K"): 92.041,
            ("gpt-4", "TriviaQA"): 85.37,
            ("vicuna-33b", "GSM8K"): 51.222,
            ("vicuna-33b", "TriviaQA"): 70.115,
            ("alpaca-7b", "GSM8K"): 9.871,
            ("alpaca-7b", "TriviaQA"): 40.002,
        },
    ),
    "44-zebra-authors-benchmark-csv/benchmark.csv": (
        {},
        {
            ("gpt-4", "IFEval"): 85.37,
            ("gpt-4", "MMLU"): 86.4,
            ("gpt-4", "MMLU-Pro"): 0.6371,
            ("gpt-4", "HellaSwag"): 95.3,
            ("gpt-4", "ARC-Easy"): 96.63,
            ("gpt-4", "ARC-Challenge"): 96.4,
            ("vicuna-33b", "IFEval"): 52.76,
            ("vicuna-33b", "MMLU"): 64,
            ("vicuna-33b", "MMLU-Pro"): 0.2309,
            ("vicuna-33b", "HellaSwag"): 75,
            ("vicuna-33b", "ARC-Easy"): 81.57,
            ("vicuna-33b", "ARC-Challenge"): 64.51,
        },
    ),
    "45-json-results/results_2024-01-01T00-00-00.json": (
        {},
        {("x/vicuna-33b", "HellaSwag"): 78},
    ),
    "45-json-results/leaderboard.parquet": ({}, {("gpt-4", "MMLU"): 86.4}),
}

# of some of them parts of the note
NOTED_CASES = {
    "33-livebench-below-one/table.csv": ["of at most 1 read as percent (0.5 of devstral-2512"],
    "34-openllm-v2-contents/contents.csv": ["#Params (B)", "Hub ❤️", "IFEval is taken from IFEval"],
    "36-openllm-v1-report/20230817.csv": ["seeds/benchmark_aliases.csv: Average, ", "URL\n"],
    "36-openllm-v1-report/no_url.csv": ["more than once; equal ones count once: "],
    "38-errors-and-counts-as-benchmarks/alpaca_eval.csv": ["avg_length", "standard_error"],
    "42-european-numbers/three_decimals.tsv": ["decimal commas: GSM8K, TriviaQA"],
    "44-zebra-authors-benchmark-csv/benchmark.csv": ["models without a figure: ultralm-65b"],
}

# file: parts of the sentence
REFUSED_CASES = {
    "33-livebench-below-one/mmlu_and_below.csv": [
        "1 of the 2 figures in column GPQA are at most 1 (0.8948545861297527 of open-thoughts/",
        "var leaderboard_units, {GPQA: percent} or {GPQA: fraction}",
    ],
    "34-openllm-v2-contents/contents.csv": [
        "model meta-llama/Llama-2-7b-chat-hf has 2 scores on BBH, 30.0 and 31.1",
        "var duplicate_scores: highest, lowest, mean or first",
    ],
    "35-html-model-rank-first/board.csv": [
        "model microsoft/phi-4 has 2 scores on BBH, 52.43 and 52.58",
        "var duplicate_scores",
    ],
    "38-errors-and-counts-as-benchmarks/alpaca_eval.csv": [
        "none of its columns is a known benchmark with figures: avg_length",
        "var leaderboard_columns, {BENCHMARK: COLUMN}",
    ],
    "38-errors-and-counts-as-benchmarks/alpaca_eval_numbers.csv": ["var leaderboard_columns"],
    "38-errors-and-counts-as-benchmarks/alpaca_eval_counts.csv": ["var leaderboard_columns"],
    "45-json-results/results.json": ["is JSON of no shape that ZEBRA reads", "write it as a CSV"],
}

# text of board.csv: parts of the sentence, with further vars
REFUSED = {
    "an Elo that is none beside others": (
        "model,Arena Elo\na,0.92\nb,1250\n",
        {},
        ["score 0.92 of a on Arena Elo is outside [100, 5000]"],
    ),
    "an Elo that is none": (
        "model,Arena Elo\na,0.92\nb,0.95\n",
        {},
        ["Arena Elo (figures outside 100 to 5000, so no Elo)"],
    ),
    "two columns of one benchmark": (
        "model,MMLU 5-shot,MMLU 0-shot\na,50,40\n",
        {},
        ["more than one column is MMLU", "{MMLU: COLUMN}"],
    ),
    "a figure out of range": (
        "model,MMLU\na,−3\nb,40\n",
        {},
        ["score −3 of a on MMLU is outside [0, 100"],
    ),
    "a line with a cell too many": (
        "model,MMLU\na,50\nb,40,30\n",
        {},
        ["row 2 under the header of", "more cells than the header"],
    ),
    "a header that comes twice, with other figures": (
        "model,MMLU,MMLU\na,50,40\n",
        {},
        ["model a has 2 scores on MMLU, 40.0 and 50.0"],
    ),
    "no table": ("nothing\nof use\n", {}, ["holds no table"]),
    "a unit that does not fit": (
        "model,MMLU\na,50\nb,40\n",
        {"leaderboard_units": {"MMLU": "fraction"}},
        ["score 40 of b on MMLU is outside [0, 100"],
    ),
    "a column that is not there": (
        "model,MMLU\na,50\n",
        {"leaderboard_columns": {"GSM8K": "EM"}},
        ["var leaderboard_columns names a column EM, which no file has"],
    ),
    "a benchmark that is not there": (
        "model,EM,MMLU\na,50,4\n",
        {"leaderboard_columns": {"GSM9K": "EM"}},
        ["var leaderboard_columns names a benchmark GSM9K, which seeds/benchmarks.csv does not"],
    ),
    "a unit of a benchmark that is not there": (
        "model,MMLU\na,50\n",
        {"leaderboard_units": {"GSM9K": "fraction"}},
        ["var leaderboard_units names a benchmark GSM9K, which seeds/benchmarks.csv does not"],
    ),
}

# text of board.csv: further vars, all figures, and parts of the note
READ = {
    "signs and blanks that figures carry": (
        "model,MMLU,GSM8K\na,48.0±1.1,86.4*\nb, 50 % ,N/A\nc,**60**,—\nd,61.5 (+/- 0.3),nan\n",
        {},
        {
            ("a", "MMLU"): 48,
            ("a", "GSM8K"): 86.4,
            ("b", "MMLU"): 50,
            ("c", "MMLU"): 60,
            ("d", "MMLU"): 61.5,
        },
        ["2 without their ± or mark: MMLU", "1 without their ± or mark: GSM8K"],
    ),
    "thousands of an Elo": (
        "model\tArena Elo\na\t1,234\nb\t987\n",
        {},
        {("a", "Arena Elo"): 1234, ("b", "Arena Elo"): 987},
        [],
    ),
    "models in columns": (
        "Benchmark,Metric,lab/a,b\nMMLU (5-shot),acc,50,60\nGSM8K,em,40,-\nAverage,,45,60\n",
        {},
        {("lab/a", "MMLU"): 50, ("b", "MMLU"): 60, ("lab/a", "GSM8K"): 40},
        ["no benchmark of seeds/benchmarks.csv or seeds/benchmark_aliases.csv: Average, Metric\n"],
    ),
    "other columns of a long file": (
        "model,task,score,std_error,MMLU\na,GSM8K,50,0.1,7\na,votes,9,0.1,7\n",
        {},
        {("a", "GSM8K"): 50},
        [
            "seeds/benchmark_aliases.csv: std_error, votes\n",
            "too: MMLU (a column beside the figures of a long file)",
        ],
    ),
    "a title, a blank line and a header twice": (
        "Leaderboard of May\n\nmodel,MMLU\na,50\nmodel,MMLU\nb,60\n",
        {},
        {("a", "MMLU"): 50, ("b", "MMLU"): 60},
        [],
    ),
    "the total, not its parts": (
        "model,MMLU,anatomy,virology,marketing\na,50,40,30,20\n",
        {},
        {("a", "MMLU"): 50},
        ["anatomy (MMLU itself is there: MMLU)"],
    ),
    "parts where a model has them all": (
        "model,anatomy,virology,marketing\na,50,40,30\nb,60,-,20\n",
        {},
        {("a", "MMLU"): 40},
        ["MMLU, for models that have all of them, is the mean of: anatomy, marketing, virology"],
    ),
    "a part alone": (
        "model,GSM8K,python\na,50,3.11\n",
        {},
        {("a", "GSM8K"): 50},
        ["python (a part of LiveBench Agentic Coding alone)"],
    ),
    "a small figure among ten": (
        "model,GSM8K\n" + "".join(f"m{n},{n + 10}\n" for n in range(9)) + "low,0.7\n",
        {},
        {**{(f"m{n}", "GSM8K"): n + 10 for n in range(9)}, ("low", "GSM8K"): 0.7},
        ["1 of at most 1 read as percent (0.7 of low): GSM8K"],
    ),
    "figures of 0 for chance and 100 for the ceiling": (
        "model,GPQA\na,10\nb,30\n",
        {"leaderboard_units": {"GPQA": "rescaled"}},
        {("a", "GPQA"): 32.5, ("b", "GPQA"): 47.5},
        ["0 is chance and 100 the ceiling: GPQA"],
    ),
    "figures under chance taken as they are": (
        "model,GPQA\na,10\nb,12\n",
        {"leaderboard_units": {"GPQA": "percent"}},
        {("a", "GPQA"): 10, ("b", "GPQA"): 12},
        [],
    ),
    "the same figure twice, and two models alike": (
        "model,MMLU,GSM8K\na,50,40\nA,50,40\nb,50,40\n",
        {},
        {
            ("A", "MMLU"): 50,
            ("A", "GSM8K"): 40,
            ("b", "MMLU"): 50,
            ("b", "GSM8K"): 40,
        },
        [
            "models with the same figures throughout: A and b",
            "figures that stand there more than once; equal ones count once: 2 of A",
        ],
    ),
    "figures that differ": (
        "model,MMLU\na,50\nb,40\nb,45\n",
        {"duplicate_scores": "lowest"},
        {("a", "MMLU"): 50, ("b", "MMLU"): 40},
        ["more than once, of which var duplicate_scores takes the lowest: 1 of b"],
    ),
    "a blank header, and a header that comes twice": (
        "model,,MMLU,MMLU\na,7,50,50\nb,8,40,40\n",
        {},
        {("a", "MMLU"): 50, ("b", "MMLU"): 40},
        ["seeds/benchmark_aliases.csv: (blank)", "equal ones count once: 2 of a, b"],
    ),
    "rows and models without": (
        "model,MMLU\na,50\n,60\nempty,\n",
        {},
        {("a", "MMLU"): 50},
        ["rows left out, for they name no model: 1", "models without a figure: empty"],
    ),
}


def figures_of(database):
    with duckdb.connect(str(database), read_only=True) as connection:
        return {
            (model, benchmark): score
            for model, benchmark, score in connection.execute(
                "select model, benchmark, score from stg_benchmark_scores"
            ).fetchall()
        }


def assert_figures(found, expected):
    assert found.keys() == expected.keys()
    for key, figure in expected.items():
        assert found[key] == pytest.approx(figure, abs=1e-9), key


@pytest.fixture(scope="module")
def read(dbt_build):
    """Read leaderboards by these vars."""

    def run(leaderboard, vars=None, only=("leaderboard_problems",), **settings):
        return dbt_build(vars={"leaderboard": leaderboard, **(vars or {})}, only=only, **settings)

    return run


def refused(read, leaderboard, vars, parts):
    ran = read(leaderboard, vars, check=False)
    assert ran.returncode == 1, ran.output
    output = " ".join(ran.output.split())
    for part in parts:
        assert part in output, ran.output


@pytest.mark.parametrize("name", list(PUBLISHED))
def test_a_published_leaderboard(read, shared_data, name):
    vars, models, benchmarks, some = PUBLISHED[name]
    found = figures_of(read(str(shared_data / "leaderboards" / "files" / name), vars).database)
    assert len({model for model, _ in found}) == models
    assert len({benchmark for _, benchmark in found}) == benchmarks
    for key, figure in some.items():
        assert found[key] == pytest.approx(figure, abs=1e-9), key


def test_a_published_leaderboard_holds_what_is_read(read, shared_data):
    path = shared_data / "leaderboards" / "files" / "obsscaling_instruct.csv"
    found = figures_of(read(str(path)).database)
    columns = {"ARC-C": "ARC-Challenge", "Winogrande": "WinoGrande"}
    names = ["MMLU", "ARC-C", "HellaSwag", "Winogrande", "TruthfulQA", "GSM8K", "HumanEval"]
    with path.open(encoding="utf-8") as file:
        expected = {
            (row["Model"], columns.get(name, name)): float(row[name]) * 100
            for row in csv.DictReader(file)
            for name in names
            if row[name]
        }
    assert_figures(found, expected)


def test_a_published_file_of_no_shape(read, shared_data):
    path = shared_data / "leaderboards" / "files" / "evalplus_results.json"
    refused(read, str(path), {}, ["evalplus_results.json is JSON of no shape that ZEBRA reads"])


@pytest.mark.parametrize("name", list(CASES))
def test_a_case_that_is_read(read, repository, name):
    vars, expected = CASES[name]
    ran = read(str(repository / "tests" / "fixtures" / "cases" / name), vars)
    assert_figures(figures_of(ran.database), expected)
    for part in NOTED_CASES.get(name, ()):
        assert part in ran.output


@pytest.mark.parametrize("name", list(REFUSED_CASES))
def test_a_case_that_is_refused(read, repository, name):
    path = repository / "tests" / "fixtures" / "cases" / name
    refused(read, str(path), {}, REFUSED_CASES[name])


@pytest.mark.parametrize("case", list(REFUSED))
def test_a_table_that_is_refused(read, tmp_path, case):
    text, vars, parts = REFUSED[case]
    path = tmp_path / "board.csv"
    path.write_text(text, encoding="utf-8")
    refused(read, str(path), vars, parts)


def test_commas_that_can_be_both(dbt_build, project_copy):
    with (project_copy / "seeds" / "benchmarks.csv").open("a", encoding="utf-8") as file:
        file.write("Coins,games,coins won,points,,,true,1,unverified\n")
    board = project_copy / "board.csv"
    board.write_text("model;Coins\na;1,234\nb;2,345\n")
    vars = {"leaderboard": str(board)}
    ran = dbt_build(vars=vars, project=project_copy, only=["leaderboard_problems"], check=False)
    assert ran.returncode == 1
    assert "the commas of column Coins can be decimal or between thousands" in ran.output
    board.write_text("model;Coins\na;1,234\nb;2,345,678\n")
    ran = dbt_build(vars=vars, project=project_copy, only=["leaderboard_problems"])
    assert figures_of(ran.database) == {("a", "Coins"): 1234, ("b", "Coins"): 2345678}


@pytest.mark.parametrize("case", list(READ))
def test_a_table_that_is_read(read, tmp_path, case):
    text, vars, expected, notes = READ[case]
    path = tmp_path / "board.csv"
    path.write_text(text, encoding="utf-8")
    ran = read(str(path), vars)
    assert_figures(figures_of(ran.database), expected)
    for note in notes:
        assert note in ran.output


def test_no_figure_changes_by_being_read(read, tmp_path):
    """Random tables of all shapes, separators, units and decorations hold what was written."""
    paths, expected = [], {}
    for seed in range(120):
        path, figures = write_random_board(tmp_path / f"board-{seed}", seed)
        paths.append(str(path))
        expected.update(figures)
    assert_figures(figures_of(read(paths).database), expected)


def test_several_files_and_a_shipped_name_are_one_leaderboard(read, tmp_path):
    for number, model in enumerate(["one", "two"]):
        run = {
            "results": {"gsm8k": {"exact_match,strict-match": 0.5 + number / 10}},
            "config": {"model_args": f"pretrained=lab/{model},dtype=auto"},
            "versions": {},
        }
        (tmp_path / f"results_{number}.json").write_text(json.dumps(run))
    board = tmp_path / "board.csv"
    board.write_text("model,GSM8K\nthree,40\n")
    ran = read(["paper", str(tmp_path / "results_*.json"), str(board)])
    found = figures_of(ran.database)
    assert found["gpt-4", "MMLU"] == 86.4
    assert found["lab/one", "GSM8K"] == 50
    assert found["lab/two", "GSM8K"] == 60
    assert found["three", "GSM8K"] == 40


def test_two_releases_of_a_benchmark_are_two_benchmarks(read, tmp_path):
    """Where the library has them: others of that name are the benchmark without a release."""
    for name, score in (("bench_2024_06_24", 40), ("bench-20241125", 30), ("bench_2023_01_01", 20)):
        (tmp_path / f"{name}.csv").write_text(
            f"model,Reasoning Average,GSM8K,LiveBench Coding 2025-04-25\na,{score},50,60\n"
        )
    assert figures_of(read(str(tmp_path / "bench*.csv")).database) == {
        ("a", "LiveBench Reasoning 2024-06-24"): 40,
        ("a", "LiveBench Reasoning 2024-11-25"): 30,
        ("a", "LiveBench Reasoning"): 20,
        ("a", "GSM8K"): 50,
        ("a", "LiveBench Coding 2025-04-25"): 60,
    }


def test_two_boards_that_disagree_are_told(read, tmp_path):
    for name, score in (("may", 40), ("june", 41)):
        (tmp_path / f"{name}.csv").write_text(f"model,GSM8K\na,{score}\n")
    paths = [str(tmp_path / "may.csv"), str(tmp_path / "june.csv")]
    refused(read, paths, {}, ["model a has 2 scores on GSM8K, 40.0 and 41.0", "duplicate_scores"])
    assert figures_of(read(paths, {"duplicate_scores": "first"}).database) == {("a", "GSM8K"): 40}


def test_a_benchmark_that_nobody_has_figures_of_counts_for_nothing(read, tmp_path):
    board = tmp_path / "board.csv"
    board.write_text("model,GSM8K,MMLU\na,40,50\nb,50,70\n")
    ran = read(str(board), only=["model_quality"])
    with duckdb.connect(str(ran.database), read_only=True) as connection:
        assert connection.execute(
            "select model, n_benchmarks, coverage from model_quality order by model"
        ).fetchall() == [("a", 2, 1), ("b", 2, 1)]


def test_a_benchmark_without_chance_is_left_out_where_chance_is_needed(read, tmp_path):
    board = tmp_path / "board.csv"
    board.write_text("model,GSM8K,Arena Elo\na,40,1100\nb,50,1200\n")
    ran = read(str(board), {"normalization": "chance"}, only=["behavior_scores"])
    with duckdb.connect(str(ran.database), read_only=True) as connection:
        assert connection.execute("select distinct benchmark from behavior_scores").fetchall() == [
            ("GSM8K",)
        ]
    assert "Arena Elo has no chance level" in ran.output


def test_models_of_two_boards_without_a_shared_benchmark_are_no_pair(dbt_build, tmp_path):
    one, other = tmp_path / "one.csv", tmp_path / "other.csv"
    one.write_text("model,GSM8K\na,40\nb,50\n")
    other.write_text("model,MMLU\nc,40\nd,50\n")
    pool = tmp_path / "pool.jsonl"
    pool.write_text(
        "".join(
            json.dumps({"prompt": prompt, "model": model, "response": f"by {model}"}) + "\n"
            for prompt, models in (("apart", "ad"), ("together", "ab"))
            for model in models
        )
    )
    vars = {"leaderboard": [str(one), str(other)], "responses_path": str(pool)}
    ran = dbt_build(vars=vars, only=["abstentions", "prompts"])
    with duckdb.connect(str(ran.database), read_only=True) as connection:
        assert connection.execute(
            "select distinct prompt, reason from abstentions inner join prompts using (prompt_id)"
            " where strategy = 'superiority'"
        ).fetchall() == [("apart", "no_shared_benchmark")]
        assert connection.execute(
            "select distinct prompt from preference_pairs inner join prompts using (prompt_id)"
            " where strategy = 'superiority'"
        ).fetchall() == [("together",)]
    assert "1 set of candidates mixes figures of several boards: one.csv, other.csv" in ran.output


SENSELESS = [
    ({"leaderboard_columns": ["EM"]}, 'var leaderboard_columns is ["EM"]: allowed is a mapping'),
    ({"leaderboard_columns": {"a": 1}}, 'var leaderboard_columns is {"a": 1}: allowed is'),
    ({"leaderboard_units": {"MMLU": "%"}}, 'var leaderboard_units is {"MMLU": "%"}: allowed is'),
    ({"duplicate_scores": "last"}, 'var duplicate_scores is "last": allowed is one of error'),
    ({"leaderboard": []}, "var leaderboard is []: allowed is null for the seeds"),
    ({"leaderboard": ["board.csv", 1]}, 'var leaderboard is ["board.csv", 1]: allowed is'),
]


@pytest.mark.parametrize(("vars", "sentence"), SENSELESS)
def test_a_setting_that_makes_no_sense(dbt_command, vars, sentence):
    ran = dbt_command(["run", "--select", "stg_benchmarks"], vars=vars)
    assert ran.returncode != 0
    assert sentence in ran.output


def test_an_ending_that_is_not_read(read, tmp_path):
    path = tmp_path / "board.xlsx"
    path.write_bytes(b"x")
    refused(read, str(path), {}, ["board.xlsx has no ending that ZEBRA reads", "zebra benchmarks"])


def test_the_library_of_benchmarks(repository):
    """Many benchmarks, each with a source, and aliases that stand for one each."""
    with (repository / "seeds" / "benchmarks.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = {row["benchmark"] for row in rows}
    assert len(names) == len(rows) >= 40
    for row in rows:
        assert row["source"] and row["capability"] and row["metric"], row
        assert row["unit"] in ("percent", "fraction", "points", "elo")
    with (repository / "seeds" / "benchmark_aliases.csv").open(encoding="utf-8") as file:
        aliases = list(csv.DictReader(file))
    assert {row["benchmark"] for row in aliases} <= names
    assert len({row["alias"].lower() for row in aliases}) == len(aliases)
