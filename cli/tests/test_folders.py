"""A folder that datasets opens: its files, card and manifest, whole or not there."""

import gzip
import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time

import duckdb
import pytest
import yaml

import zebra as package
from zebra.files import whole_folder

from .helpers import assert_one_sentence


def tree(folder):
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file())


def card_of(folder):
    _, front, text = (folder / "README.md").read_text(encoding="utf-8").split("---\n", 2)
    return yaml.safe_load(front), text


def rows_in(folder, file):
    return duckdb.sql(f"select * from '{folder / file}'").fetchall()


def test_each_strategy_is_a_config_and_each_split_a_file(zebra, pairs_database, tmp_path):
    called = zebra("export", "preferences", "-o", tmp_path / "data", "--database", pairs_database())
    assert called.status == 0, called.err
    assert tree(tmp_path / "data") == [
        ".zebra/manifest.json",
        "README.md",
        "easy/test-00000-of-00001.parquet",
        "easy/train-00000-of-00001.parquet",
        "hard/test-00000-of-00001.parquet",
        "hard/train-00000-of-00001.parquet",
    ]
    front, text = card_of(tmp_path / "data")
    assert [config["config_name"] for config in front["configs"]] == ["easy", "hard"]
    assert [config.get("default") for config in front["configs"]] == [True, None]
    listed = [
        path
        for config in front["configs"]
        for files in config["data_files"]
        for path in files["path"]
    ]
    assert sorted(listed) == tree(tmp_path / "data")[2:]
    assert (front["license"], front["license_name"]) == ("other", "see-the-pool")
    assert (front["task_categories"], front["size_categories"]) == (["text-generation"], ["n<1K"])
    assert "zebra export preferences -o data --format trl" in text
    assert "| gpt-4 | 20 | 0 |" in text


@pytest.mark.parametrize("name", ["a: b #c", "--- d", "null", "'q' \"r\"", "naïve"])
def test_the_card_s_metadata_hold_any_name(zebra, pairs_database, tmp_path, name):
    options = ["--database", pairs_database(), "--license", "no"]
    assert zebra("export", "preferences", "-o", tmp_path / name, *options).status == 0
    front, _ = card_of(tmp_path / name)
    assert (front["pretty_name"], front["license"]) == (name, "no")
    assert "license_name" not in front


def test_the_card_says_where_pairs_come_from(zebra, tmp_path, sample_database):
    strategies = ["--strategy", "trusted", "--strategy", "contrast"]
    selected = ["--where", "chosen_model <> 'gpt-4'", "--limit", "40", "--order", "shuffle"]
    folder = tmp_path / "data"
    assert zebra("export", "preferences", "-o", folder, *strategies, *selected).status == 0
    _, text = card_of(folder)
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        selection = (
            "(select * from preferences where strategy in ('trusted', 'contrast') "
            "and chosen_model <> 'gpt-4' order by md5('0|' || pair_id), pair_id limit 40)"
        )
        for strategy in ("trusted", "contrast"):
            [(definition, pairs, abstentions, gap)] = connection.execute(
                "select definition, pairs, abstentions, mean_quality_gap from strategy_summary "
                f"where strategy = '{strategy}'"
            ).fetchall()
            assert f"Defined as `{definition}`." in text
            assert f"| {strategy} | the database | {pairs} | {abstentions} | {gap:.3f} | " in text
            [(pairs, *means)] = connection.execute(
                "select count(*), avg(quality_gap), avg(similarity), avg(order_confidence), "
                "avg(label_confidence), avg((chosen_chars > rejected_chars)::integer) "
                f"from {selection} where strategy = '{strategy}'"
            ).fetchall()
            means = " | ".join(f"{mean:.3f}" for mean in means)
            assert f"| {strategy} | this folder | {pairs} |  | {means} |" in text
        for model, chosen, rejected in connection.execute(
            "select model, count(*) filter (where side = 'chosen_model'), "
            "count(*) filter (where side = 'rejected_model') from "
            f"(unpivot (select chosen_model, rejected_model from {selection}) "
            "on columns(*) into name side value model) group by model"
        ).fetchall():
            assert f"| {model} | {chosen} | {rejected} |" in text
        for source, *counts in connection.execute(
            "select source, figures, models, benchmarks from leaderboard_sources"
        ).fetchall():
            assert f"| {source} | {' | '.join(map(str, counts))} |" in text
    assert "- `trusted`: the most alike pair of models" in text
    assert f"zebra {package.__version__} on DuckDB {duckdb.__version__}" in text


def test_the_card_says_what_built_the_database(zebra, tmp_path, sample_database):
    assert zebra("export", "preferences_trusted", "-o", tmp_path / "data").status == 0
    _, text = card_of(tmp_path / "data")
    with duckdb.connect(str(sample_database), read_only=True) as connection:
        [(project, dbt, settings, relations)] = connection.execute(
            "select project_version, dbt_version, settings, relations from build_info"
        ).fetchall()
    engine = f"duckdb {duckdb.__version__}"
    assert f"The database: built by project {project} with dbt {dbt} on {engine}, by" in text
    assert yaml.safe_load(text.split("```yaml\n")[1].split("```")[0]) == json.loads(settings)
    manifest = json.loads((tmp_path / "data" / ".zebra" / "manifest.json").read_text())
    [build] = manifest["builds"]
    assert build == {
        "project_version": project,
        "dbt_version": dbt,
        "engine": engine,
        "settings": json.loads(settings),
        "relations": relations,
    }


def test_of_two_builds_each_is_told_and_no_folder_of_the_machine(zebra, tmp_path, pairs_database):
    paths = [["/home/me/pool/*.jsonl", "s3://me:secret@box/pool.jsonl?key=secret"], "own.csv"]
    rows = [
        f"('0.2.0', '1', 'duckdb 2', '{json.dumps({'responses_path': path})}', {size}, {names})"
        for path, size, names in zip(paths, (2, 1), (["a", "b"], ["c"]), strict=True)
    ]
    database = pairs_database(
        f"create table build_info as from (values {', '.join(rows)}) as made (project_version, "
        "dbt_version, engine, settings, n_relations, relations)"
    )
    called = zebra("export", "preferences", "-o", tmp_path / "data", "--database", database)
    assert called.status == 0, called.err
    _, text = card_of(tmp_path / "data")
    assert "`a`, `b`: built by project 0.2.0 with dbt 1 on duckdb 2, by" in text
    assert "`c`: built by" in text
    manifest = (tmp_path / "data" / ".zebra" / "manifest.json").read_text()
    told = [build["settings"]["responses_path"] for build in json.loads(manifest)["builds"]]
    assert told == [["*.jsonl", "s3://box/pool.jsonl"], "own.csv"]
    for found in (text, manifest):
        assert "secret" not in found and "/home" not in found


def test_the_command_in_the_manifest_makes_the_folder_again(
    zebra, pairs_database, tmp_path, monkeypatch
):
    database = pairs_database()
    monkeypatch.setenv("ZEBRA_DATABASE", str(database))
    chosen = ["--strategy", "hard", "--strategy", "easy", "--min-confidence", "0.62", "--margin"]
    chosen += ["--where", "source = 'made' -- all", "--limit", "15", "--order", "shuffle"]
    chosen += ["--seed", "7", "--file-type", "jsonl", "--shard-rows", "4", "--license", "mit"]
    (tmp_path / "again").mkdir()
    assert zebra("export", "preferences", "-o", tmp_path / "data", *chosen).status == 0
    manifest = json.loads((tmp_path / "data" / ".zebra" / "manifest.json").read_text())
    assert manifest["versions"] == {"zebra": package.__version__, "duckdb": duckdb.__version__}
    monkeypatch.chdir(tmp_path / "again")
    assert zebra(*manifest["command"][1:]).status == 0
    names = tree(tmp_path / "data")
    assert names == tree(tmp_path / "again" / "data") and len(names) > 6
    for name in names:
        one, two = (tmp_path / folder / name for folder in ("data", "again/data"))
        assert one.read_bytes() == two.read_bytes()


def test_a_folder_is_the_same_on_any_threads(zebra, tmp_path, on_threads, sample_database):
    written = []
    for threads in on_threads():
        folder = tmp_path / str(threads) / "data"
        folder.parent.mkdir()
        assert zebra("export", "preferences", "-o", folder).status == 0
        written.append({name: (folder / name).read_bytes() for name in tree(folder)})
    assert len(written[0]) > 8 and written[0] == written[1] == written[2]


def test_the_manifest_has_the_sum_of_each_file(zebra, pairs_database, tmp_path):
    zebra("export", "preferences", "-o", tmp_path / "data", "--database", pairs_database())
    manifest = json.loads((tmp_path / "data" / ".zebra" / "manifest.json").read_text())
    assert len(manifest["files"]) == 4
    for file in manifest["files"]:
        content = (tmp_path / "data" / file["path"]).read_bytes()
        assert file["sha256"] == hashlib.sha256(content).hexdigest()
        assert file["bytes"] == len(content)
        assert file["rows"] == len(rows_in(tmp_path / "data", file["path"]))


def test_shards_hold_all_rows_in_their_order(zebra, pairs_database, tmp_path):
    arguments = ["export", "preferences", "--database", pairs_database(), "--strategy", "hard"]
    zebra(*arguments, "-o", tmp_path / "one", "--file-type", "jsonl")
    zebra(*arguments, "-o", tmp_path / "more", "--file-type", "jsonl", "--shard-rows", 3)
    shards = [name for name in tree(tmp_path / "more") if "train" in name]
    assert shards == [f"hard/train-{number:05}-of-00003.jsonl" for number in range(3)]
    together = b"".join((tmp_path / "more" / name).read_bytes() for name in shards)
    assert together == (tmp_path / "one" / "hard" / "train-00000-of-00001.jsonl").read_bytes()


def test_a_limit_is_of_all_strategies_and_splits(zebra, pairs_database, tmp_path):
    database = pairs_database()
    arguments = ["export", "preferences", "--database", database, "--limit", "13"]
    both = ["--strategy", "hard", "--strategy", "easy"]
    zebra(*arguments, *both, "-o", tmp_path / "d", "--file-type", "jsonl")
    zebra(*arguments, *both, "-o", tmp_path / "x.jsonl")
    files = [name for name in tree(tmp_path / "d") if name.endswith(".jsonl")]
    rows = [line for name in files for line in (tmp_path / "d" / name).read_text().splitlines()]
    assert len(rows) == 13 and {name.split("/")[0] for name in files} == {"easy", "hard"}
    assert sorted(rows) == sorted((tmp_path / "x.jsonl").read_text().splitlines())


def test_no_split_is_empty(zebra, pairs_database, tmp_path):
    arguments = ["-o", tmp_path / "data", "--where", "split = 'train' and strategy = 'easy'"]
    database = pairs_database()
    zebra("export", "preferences", "--database", database, *arguments)
    assert [name for name in tree(tmp_path / "data") if "/t" in name] == [
        "easy/train-00000-of-00001.parquet"
    ]
    called = zebra(
        *["export", "preferences", "--database", database, "-o", tmp_path / "none"],
        *["--where", "false"],
    )
    assert_one_sentence(called, 1, "nothing to export")
    assert not (tmp_path / "none").exists()


def test_strategies_come_in_the_order_given(zebra, pairs_database, tmp_path):
    strategies = ["--strategy", "hard", "--strategy", "easy"]
    zebra(
        "export", "preferences", "--database", pairs_database(), "-o", tmp_path / "d", *strategies
    )
    front, _ = card_of(tmp_path / "d")
    assert [config["config_name"] for config in front["configs"]] == ["hard", "easy"]


def test_h4_names_its_splits_and_llamafactory_gets_its_entries(zebra, pairs_database, tmp_path):
    database = pairs_database()
    arguments = ["export", "preferences", "--database", database, "--strategy", "easy"]
    zebra(*arguments, "-o", tmp_path / "h4", "--format", "h4")
    front, _ = card_of(tmp_path / "h4")
    splits = [files["split"] for files in front["configs"][0]["data_files"]]
    assert splits == ["train_prefs", "test_prefs"]
    zebra(*arguments, "-o", tmp_path / "lf", "--format", "llamafactory", "--shard-rows", 2)
    entries = json.loads((tmp_path / "lf" / "dataset_info.json").read_text())
    assert sorted(entries) == ["easy_test", "easy_train"]
    for entry in entries.values():
        assert entry["ranking"] is True and entry["formatting"] == "sharegpt"
        assert (tmp_path / "lf" / entry["file_name"]).exists()
        columns = {
            name
            for name, *_ in duckdb.sql(
                f"describe select * from '{tmp_path / 'lf' / entry['file_name']}'"
            ).fetchall()
        }
        assert columns == set(entry["columns"].values())


def test_a_relation_without_pairs_is_one_config(zebra, tmp_path):
    assert zebra("export", "model_quality", "-o", tmp_path / "data").status == 0
    front, _ = card_of(tmp_path / "data")
    assert [config["config_name"] for config in front["configs"]] == ["model_quality"]


def test_every_relation_makes_a_folder(zebra, tmp_path):
    listed = [json.loads(line) for line in zebra("tables", "--json").out.splitlines()]
    assert len(listed) > 20
    for relation in listed:
        called = zebra("export", relation["relation"], "-o", tmp_path / relation["relation"])
        if relation["rows"]:
            assert called.status == 0, called.err
        else:
            assert_one_sentence(called, 1, "nothing to export")


def test_a_folder_with_files_of_others_is_kept(zebra, pairs_database, tmp_path):
    arguments = ["export", "preferences", "--database", pairs_database(), "-o", tmp_path / "data"]
    assert zebra(*arguments, "--format", "llamafactory").status == 0
    notes = tmp_path / "data" / "easy" / "notes.txt"
    notes.write_text("mine")
    before = tree(tmp_path / "data")
    called = zebra(*arguments, "--force")
    assert_one_sentence(called, 2, f"{tmp_path / 'data'} holds easy/notes.txt", "did not write")
    assert tree(tmp_path / "data") == before
    notes.unlink()
    assert zebra(*arguments, "--force").status == 0


def test_what_a_kill_between_two_renamings_left_is_put_back(zebra, pairs_database, tmp_path):
    arguments = ["export", "preferences", "--database", pairs_database(), "-o", tmp_path / "data"]
    assert zebra(*arguments).status == 0
    before = tree(tmp_path / "data")
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    os.rename(tmp_path / "data", tmp_path / f".data.{ended.pid}-0123abcd.old")
    # of another folder, and of a process that runs
    others = {f".data.more.{ended.pid}-0123abcd.old", f".data.{os.getppid()}-0123abcd.old"}
    for name in others:
        (tmp_path / name).mkdir()
    with pytest.raises(ZeroDivisionError), whole_folder(tmp_path / "data"):
        raise ZeroDivisionError
    assert tree(tmp_path / "data") == before
    assert set(os.listdir(tmp_path)) == {"data", "pairs.duckdb", *others}


def test_only_what_zebra_wrote_is_replaced(zebra, pairs_database, tmp_path):
    arguments = ["export", "preferences", "--database", pairs_database()]
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("mine")
    called = zebra(*arguments, "-o", tmp_path / "mine", "--force")
    assert_one_sentence(called, 2, "did not write")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "mine"
    zebra(*arguments, "-o", tmp_path / "data")
    called = zebra(*arguments, "-o", tmp_path / "data", "--strategy", "easy")
    assert_one_sentence(called, 2, "exists", "--force")
    zebra(*arguments, "-o", tmp_path / "data", "--strategy", "easy", "--force")
    assert not [name for name in tree(tmp_path / "data") if name.startswith("hard")]
    assert sorted(os.listdir(tmp_path)) == ["data", "mine", "pairs.duckdb"]


@pytest.mark.parametrize("kind", ["jsonl.gz", "jsonl.zst", "parquet", "csv"])
def test_every_form_holds_the_same_rows(zebra, pairs_database, tmp_path, kind):
    arguments = ["export", "preferences", "--database", pairs_database(), "--format", "text"]
    written = []
    for name in ("a", "b"):
        assert zebra(*arguments, "-o", tmp_path / f"{name}.{kind}").status == 0
        written.append((tmp_path / f"{name}.{kind}").read_bytes())
    assert written[0] == written[1]
    zebra(*arguments, "-o", tmp_path / "plain.jsonl")
    plain = rows_in(tmp_path, "plain.jsonl")
    assert rows_in(tmp_path, f"a.{kind}") == plain
    if kind == "jsonl.gz":
        assert gzip.decompress(written[0]) == (tmp_path / "plain.jsonl").read_bytes()


@pytest.mark.parametrize("kind", ["parquet", "jsonl.zst", "jsonl.gz"])
def test_the_form_is_the_same_on_any_threads(zebra, tmp_path, on_threads, large_database, kind):
    written = set()
    for threads in on_threads():
        path = tmp_path / f"{threads}.{kind}"
        arguments = ["-o", path, "--database", large_database]
        assert zebra("export", "preferences", *arguments).status == 0
        written.add(hashlib.sha256(path.read_bytes()).hexdigest())
    assert len(written) == 1


def test_parquet_has_only_types_that_every_reader_knows(zebra, tmp_path, make_database):
    path = make_database(
        """
        create table t as select
            1::hugeint as huge, uuid() as id, map {'k': 1} as m, '{"a": 1}'::json as j, null as n,
            [1::hugeint] as list, {'u': uuid()} as s
        """
    )
    called = zebra("export", "t", "-o", tmp_path / "t.parquet", "--database", path)
    assert called.status == 0, called.err
    described = duckdb.sql(f"describe select * from '{tmp_path / 't.parquet'}'").fetchall()
    types = {name: kind for name, kind, *_ in described}
    assert types["huge"] == "BIGINT" and types["list"] == "BIGINT[]"
    assert {types[name] for name in ("id", "m", "j")} == {"VARCHAR"}
    assert types["s"] == "STRUCT(u VARCHAR)"


def test_a_dry_run_writes_nothing(zebra, pairs_database, tmp_path):
    arguments = ["export", "preferences", "--database", pairs_database(), "--dry-run"]
    called = zebra(*arguments, "-o", tmp_path / "data")
    assert called.out.splitlines()[:4] == [
        "easy, train: 8 rows",
        "easy, test: 2 rows",
        "hard, train: 8 rows",
        "hard, test: 2 rows",
    ]
    assert json.loads(called.out.splitlines()[-1])["chosen_model"] == "gpt-4"
    assert zebra(*arguments, "-o", tmp_path / "x.jsonl").out.startswith("20 rows\n")
    called = zebra(*arguments, "-o", "-", "--limit", "1", "--where", "true")
    assert called.out.startswith("1 row\n") and called.err == ""
    assert "Note: pairs of 2 strategies" in zebra(*arguments, "-o", tmp_path / "x.jsonl").err
    assert os.listdir(tmp_path) == ["pairs.duckdb"]


def test_a_reader_that_has_seen_enough_ends_it_quietly(start_zebra, large_database):
    process = start_zebra("export", "preferences", "-o", "-", "--database", large_database)
    assert json.loads(process.stdout.readline())["chosen_model"] == "gpt-4"
    process.stdout.close()
    assert process.stderr.read() == b""
    assert process.wait(timeout=30) == 0


def test_an_ending_that_is_none_is_refused(zebra, tmp_path):
    called = zebra("export", "model_quality", "-o", tmp_path / "x.xml")
    assert_one_sentence(called, 2, "no form has this ending", ".jsonl", ".parquet")


def test_a_killed_export_leaves_the_old_or_the_new_one_whole(tmp_path, large_database):
    path = tmp_path / "out.jsonl"
    command = [
        *[sys.executable, "-m", "zebra", "export", "preferences", "-o", str(path), "--force"],
        *["--database", str(large_database)],
    ]

    def export(limit):
        return [*command, "--limit", str(limit)]

    subprocess.run(export(20_000), check=True, capture_output=True)
    old = path.read_bytes()
    subprocess.run(export(30_000), check=True, capture_output=True)
    whole = {old, path.read_bytes()}
    generator = random.Random(20)
    for turn in range(20):
        process = subprocess.Popen(
            export((20_000, 30_000)[turn % 2]), stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        time.sleep(generator.random() * 1.2)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert path.read_bytes() in whole
    # what the killed ones left is gone after the next
    subprocess.run(export(20_000), check=True, capture_output=True)
    assert path.read_bytes() == old
    assert os.listdir(tmp_path) == ["out.jsonl"]


def test_a_killed_folder_is_the_old_or_the_new_one_whole(tmp_path, large_database):
    command = [sys.executable, "-m", "zebra", "export", "preferences", "-o", tmp_path / "data"]
    command += ["--force", "--quiet", "--database", large_database, "--shard-rows", "1000"]

    def export(limit):
        return list(map(str, [*command, "--limit", limit]))

    def content():
        return {name: (tmp_path / "data" / name).read_bytes() for name in tree(tmp_path / "data")}

    whole = []
    for limit in (3_000, 5_000):
        started = time.monotonic()
        subprocess.run(export(limit), check=True)
        took = time.monotonic() - started
        whole.append(content())
    assert whole[0] != whole[1]
    generator = random.Random(21)
    for turn in range(10):
        process = subprocess.Popen(export((3_000, 5_000)[turn % 2]))
        time.sleep(generator.random() * took)
        process.kill()
        process.wait()
        if (tmp_path / "data").exists():
            assert content() in whole
        else:
            # killed between the two renamings: the old one lies beside, for the next to put back
            assert list(tmp_path.glob(".data.*.old"))
    subprocess.run(export(3_000), check=True)
    assert content() == whole[0]
    assert os.listdir(tmp_path) == ["data"]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_folder_leaves_the_old_one(start_zebra, tmp_path, large_database, number):
    arguments = ["--database", large_database, "--file-type", "jsonl", "--force"]
    process = start_zebra(
        "export", "preferences", "-o", tmp_path / "data", *arguments, "--limit", 100
    )
    assert process.wait(timeout=60) == 0
    before = {name: (tmp_path / "data" / name).read_bytes() for name in tree(tmp_path / "data")}
    process = start_zebra("export", "preferences", "-o", tmp_path / "data", *arguments)
    while len(os.listdir(tmp_path)) < 2 and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(number)
    process.communicate(timeout=30)
    assert os.listdir(tmp_path) == ["data"]
    if process.returncode:
        after = {name: (tmp_path / "data" / name).read_bytes() for name in tree(tmp_path / "data")}
        assert after == before


def test_a_disk_that_is_full_leaves_no_folder(start_zebra, tmp_path, large_database):
    import resource

    for file_type in ("parquet", "jsonl"):
        process = start_zebra(
            *["export", "preferences", "-o", tmp_path / "data", "--database", large_database],
            *["--file-type", file_type],
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (10**5, 10**5)),
        )
        _, err = process.communicate(timeout=60)
        assert process.returncode == 1
        said = f"Error: {tmp_path / 'data'} cannot be written: File too large.\n"
        assert err.decode() == said
        assert os.listdir(tmp_path) == []
