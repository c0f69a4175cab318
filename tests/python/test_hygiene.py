"""Pairs that teach nothing are passed over, and say so."""

import json

import duckdb

PROMPT = "Please say what the capital of France is, in one short sentence."
LONG = "The capital of France is Paris, a city on the Seine, and it has been so for centuries."
PAIRS = {
    "same": ("Paris.", " Paris.\n"),
    "folded": ("Paris it is.", "PARIS  it\tis."),
    "prefix": (LONG + " Truly.", LONG + " Indeed."),
    "repeated": ("Paris.", "  please say what the capital of france is, in one short sentence."),
    "refused": ("I\u2019m sorry, but as an AI I will not say.", "Paris."),
    "good": ("Paris.", "It is Lyon."),
}


def build(dbt_build, tmp_path, **settings):
    """Prompts of two responses each, and which reason each has, None for a pair."""
    path = tmp_path / "pool.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for name, responses in PAIRS.items():
            for model, response in zip(("gpt-4", "alpaca-7b"), responses):
                # the history keeps the prompts apart, their last turn is the same
                messages = [
                    {"role": "user", "content": name},
                    {"role": "assistant", "content": "Yes?"},
                    {"role": "user", "content": PROMPT},
                ]
                row = {"messages": messages, "model": model, "response": response}
                file.write(json.dumps(row) + "\n")
    built = dbt_build(
        vars={
            "responses_path": str(path),
            "strategies": {"only": {"order_by": "quality_gap"}},
            **settings,
        },
        name="hygiene",
    )
    with duckdb.connect(str(built.database), read_only=True) as connection:
        found = connection.execute(
            "select messages[1].content, reason "
            "from prompts left join abstentions using (prompt_id)"
        ).fetchall()
        flags = connection.execute(
            "select messages[1].content, chosen_refuses, rejected_refuses from preferences"
        ).fetchall()
    return dict(found), {name: refusals for name, *refusals in flags}


def test_by_default(dbt_build, tmp_path):
    reasons, refusals = build(dbt_build, tmp_path)
    assert reasons == {
        "same": "identical_responses",
        "folded": "same_folded_text",
        "prefix": None,
        "repeated": "repeats_prompt",
        "refused": None,
        "good": None,
    }
    assert refusals == {
        "prefix": [False, False],
        "refused": [True, False],
        "good": [False, False],
    }


def test_each_can_be_switched(dbt_build, tmp_path):
    reasons, _ = build(dbt_build, tmp_path, unusable_pairs=["chosen_refuses"], distinct_prefix=80)
    assert reasons == {
        "same": "identical_responses",
        "folded": "same_prefix",
        "prefix": "same_prefix",
        "repeated": None,
        "refused": "chosen_refuses",
        "good": None,
    }


def test_prompts_that_differ_in_case_alone_share_group_and_split(dbt_build, tmp_path):
    path = tmp_path / "pool.jsonl"
    with path.open("w", encoding="utf-8") as file:
        for number in range(60):
            for prompt in (f"Prompt {number}", f"PROMPT  {number} ", f"prompt\n{number}"):
                for model in ("gpt-4", "alpaca-7b"):
                    row = {"prompt": prompt, "model": model, "response": f"{model} {number}"}
                    file.write(json.dumps(row) + "\n")
    built = dbt_build(vars={"responses_path": str(path), "test_fraction": 0.4}, name="groups")
    with duckdb.connect(str(built.database), read_only=True) as connection:
        groups = connection.execute(
            "select count(*), count(distinct prompt_id), count(distinct split), any_value(split) "
            "from prompts group by prompt_group"
        ).fetchall()
    assert len(groups) == 60
    assert {group[:3] for group in groups} == {(3, 3, 1)}
    assert {split for *_, split in groups} == {"train", "test"}


def test_another_list_of_phrases_is_heeded_at_once(dbt_build, project_copy):
    def refusals():
        built = dbt_build(name="phrases", project=project_copy)
        with duckdb.connect(str(built.database), read_only=True) as connection:
            return connection.execute(
                "select prompt, chosen_refuses from preferences_superiority "
                "where chosen_refuses or prompt like 'Which came first%' order by 1"
            ).fetchall()

    spoon, pill = "Which came first, the fork or the spoon?", "Which pill is best for a headache?"
    assert refusals() == [(spoon, False), (pill, True)]
    (project_copy / "seeds" / "refusal_phrases.csv").write_text("phrase,says\nThe Spoon,x\n")
    assert refusals() == [(spoon, True)]
