"""The dataset card of an exported folder, and the manifest of its files."""

import hashlib
import json
import shlex
from urllib.parse import urlsplit

from zebra import __version__

_SIZES = [(10**3, "n<1K"), (10**4, "1K<n<10K"), (10**5, "10K<n<100K"), (10**6, "100K<n<1M")]


def size_category(rows):
    """The hub's name for about so many rows."""
    return next((name for bound, name in _SIZES if rows < bound), "1M<n<10M")


def card(database, selection, parts, *, name, license, command):
    """README.md of a folder.

    parts: mapping from config to a mapping from split to a list of files (path in the folder,
    rows). command: list of words that make the folder again.
    """
    lines = ["---", _metadata(parts, name, license) + "---", "", f"# {name}", ""]
    lines += [*_origin(selection, command), "", *_builds(database), *_counts(parts), ""]
    if {"strategy", "chosen_model", "rejected_model"} <= set(selection.relation.columns):
        lines += [*_strategies(database, selection, parts), *_models(database, selection)]
    lines += _sources(database)
    return "\n".join(lines).rstrip("\n") + "\n"


def _metadata(parts, name, license):
    """What the hub and datasets read of the card, as YAML."""
    import yaml

    rows = sum(n for splits in parts.values() for files in splits.values() for _, n in files)
    configs = [
        {
            "config_name": config,
            **({"default": True} if number == 0 else {}),
            "data_files": [
                {"split": split, "path": [file for file, _ in files]}
                for split, files in splits.items()
            ],
        }
        for number, (config, splits) in enumerate(parts.items())
    ]
    fields = {
        "pretty_name": name,
        "license": license,
        **({"license_name": "see-the-pool"} if license == "other" else {}),
        "task_categories": ["text-generation"],
        "size_categories": [size_category(rows)],
        "tags": ["preference", "zebra"],
        "configs": configs,
    }
    return yaml.safe_dump(fields, sort_keys=False, allow_unicode=True)


def manifest(database, folder, parts, *, command):
    """Text of the manifest: sha256, bytes and rows of each data file below `folder`."""
    import duckdb

    files = [
        {
            "path": path,
            "config": config,
            "split": split,
            "rows": rows,
            "bytes": (folder / path).stat().st_size,
            "sha256": _sha256(folder / path),
        }
        for config, splits in parts.items()
        for split, listed in splits.items()
        for path, rows in listed
    ]
    versions = {"zebra": __version__, "duckdb": duckdb.__version__}
    told = {
        "command": command,
        "versions": versions,
        "builds": builds_of(database),
        "files": files,
    }
    return json.dumps(told, indent=2) + "\n"


def builds_of(database):
    """What built the database, a list of dicts: build_info, without folders of this machine."""
    if not _has(database, "build_info"):
        return []
    names = ["project_version", "dbt_version", "engine", "settings", "relations"]
    found = database.rows(
        f"select {', '.join(names)} from build_info order by n_relations desc, relations"
    )
    builds = [dict(zip(names, row, strict=True)) for row in found]
    for build in builds:
        build["settings"] = json.loads(build["settings"])
        for name in build["settings"].keys() & {"responses_path", "leaderboard"}:
            build["settings"][name] = _without_folders(build["settings"][name])
    return builds


def _without_folders(value):
    if isinstance(value, list):
        return [_without_folders(each) for each in value]
    if not isinstance(value, str):
        return value
    if "://" not in value:
        return value.rpartition("/")[2]
    # An address may hold a password, or a key after its question mark.
    address = urlsplit(value)
    return f"{address.scheme}://{address.netloc.rpartition('@')[2]}{address.path}"


def _sha256(path):
    digest = hashlib.sha256()
    with open(path, "rb") as stream:
        while block := stream.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _origin(selection, command):
    import duckdb

    text = [
        "Preference pairs that nobody labelled: what a model of higher quality answered is",
        "preferred over what one of lower quality answered. Quality is the mean of normalised",
        "benchmark scores (ZEBRA, arXiv 2502.18744). The texts are the pool's, and so are their",
        "licences.",
    ]
    if "instance_" in selection.relation.name:
        text = ["Preference pairs by the scores that the pool itself carries, as a baseline."]
    elif "chosen_model" not in selection.relation.columns:
        text = [f"Relation `{selection.relation.name}` of a ZEBRA database."]
    text += ["", f"Layout `{selection.layout.name}`, for {selection.layout.summary}."]
    if selection.layout.name == "h4":
        text += ["For TRL 0.29 or newer select the columns chosen and rejected first."]
    return [
        *text,
        "",
        f"Made by zebra {__version__} on DuckDB {duckdb.__version__} with",
        "",
        "```sh",
        shlex.join(command),
        "```",
        "",
        "`.zebra/manifest.json` has the sha256 of each file.",
    ]


def _builds(database):
    import yaml

    lines = []
    builds = builds_of(database)
    for build in builds:
        names = ", ".join(f"`{name}`" for name in build["relations"])
        lines += [
            f"{'The database' if len(builds) == 1 else names}: built by project "
            f"{build['project_version']} with dbt {build['dbt_version']} on {build['engine']}, "
            "by these settings:",
            "",
            "```yaml",
            yaml.safe_dump(build["settings"], sort_keys=False, allow_unicode=True) + "```",
            "",
        ]
    return lines


def _counts(parts):
    lines = ["| config | split | rows |", "|---|---|---|"]
    for config, splits in parts.items():
        for split, files in splits.items():
            lines.append(f"| {config} | {split} | {sum(rows for _, rows in files):,} |")
    return lines


def _strategies(database, selection, configs):
    """The definition of each strategy, and figures of its pairs here and in the whole database."""
    here = _figures_here(database, selection)
    whole, definitions = {}, {}
    if _has(database, "strategy_summary"):
        for strategy, definition, *figures in database.rows(
            "select strategy, definition, pairs, abstentions, mean_quality_gap, mean_similarity, "
            "mean_order_confidence, mean_label_confidence, chosen_longer_share "
            "from strategy_summary"
        ):
            whole[strategy], definitions[strategy] = figures, definition
    views = {relation.name: relation.description for relation in database.relations()}
    lines = []
    for config in configs:
        told = views.get(f"preferences_{config}", "").partition(": ")[2].strip().rstrip(".")
        definition = definitions.get(config)
        words = [told and f"{told}.", definition and f"Defined as `{definition}`."]
        if any(words):
            lines.append(f"- `{config}`: {' '.join(filter(None, words))}")
    lines = ["## Strategies", "", *lines, ""] if lines else ["## Strategies", ""]
    lines += [
        "| strategy | of | pairs | abstentions | quality gap | similarity | order confidence "
        "| label confidence | chosen longer |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for config in configs:
        for title, found in (("this folder", here), ("the database", whole)):
            if config in found:
                lines.append(f"| {config} | {title} | {_cells(found[config])} |")
    return [*lines, ""]


def _figures_here(database, selection):
    columns = selection.relation.columns
    means = ["quality_gap", "similarity", "order_confidence", "label_confidence"]
    means = [f"avg({name})" if name in columns else "null" for name in means]
    longer = "null"
    if "chosen_chars" in columns and "rejected_chars" in columns:
        longer = "avg(cast(chosen_chars > rejected_chars as integer))"
    found = database.rows(
        f"select strategy, count(*), null, {', '.join(means)}, {longer} "
        f"from ({selection.source}) group by strategy"
    )
    return {strategy: figures for strategy, *figures in found}


def _cells(figures):
    return " | ".join(
        "" if value is None else f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
        for value in figures
    )


def _models(database, selection):
    lines = ["## Models", "", "Pairs in which each stands on either side:", ""]
    lines += ["| model | chosen | rejected |", "|---|---|---|"]
    found = database.rows(
        f"""
        select model, cast(sum(chosen) as bigint), cast(sum(rejected) as bigint) from (
            select chosen_model as model, 1 as chosen, 0 as rejected from ({selection.source})
            union all
            select rejected_model as model, 0 as chosen, 1 as rejected from ({selection.source})
        ) group by model order by 2 desc, model
        """
    )
    lines += [f"| {model} | {chosen:,} | {rejected:,} |" for model, chosen, rejected in found]
    return [*lines, ""]


def _sources(database):
    if not _has(database, "leaderboard_sources"):
        return []
    found = database.rows(
        "select source, figures, models, benchmarks from leaderboard_sources order by source"
    )
    lines = ["## Benchmark figures", "", "| source | figures | models | benchmarks |"]
    lines.append("|---|---|---|---|")
    for source, *counts in found:
        # Free text, in a table.
        source = " ".join(source.split()).replace("|", "\\|")
        lines.append(f"| {source} | {' | '.join(map(str, counts))} |")
    return [*lines, ""]


def _has(database, name):
    return any(relation.name == name for relation in database.relations())
