"""Help says what there is, and costs nothing to ask for."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

import zebra as package
from zebra.cli import cli
from zebra.errors import ExitStatus
from zebra.layouts import formats

COMMANDS = sorted(cli.commands)


@pytest.mark.parametrize("flag", ["-h", "--help"])
@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_every_command_explains_itself(zebra, command, flag):
    called = zebra(*filter(None, [command]), flag)
    assert called.status == ExitStatus.DONE
    assert called.out.startswith("Usage: zebra")
    assert called.err == ""


@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_options_and_relations_named_in_help_exist(zebra, command):
    text = zebra(*filter(None, [command]), "-h").out
    parameters = [*cli.params, *(p for c in cli.commands.values() for p in c.params)]
    known = {option for parameter in parameters for option in parameter.opts} | {"--help", "-h"}
    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", text)) <= known
    listed = {line.split()[0] for line in zebra("tables", "--all").out.splitlines()}
    assert set(re.findall(r"\b(?:preference|model)s?_\w+\b", text)) - {"chosen_model"} <= listed


def test_exit_statuses_in_help_are_the_ones_there_are(zebra):
    text = zebra("-h").out.split("Exit status:")[1]
    assert {int(number) for number in re.findall(r"^\s+(\d+)  ", text, re.M)} == set(ExitStatus)


def test_every_format_is_in_help(zebra):
    text = zebra("export", "-h").out
    for layout in formats().values():
        assert re.search(rf"^\s+{layout.name}\s+{re.escape(layout.summary[:40])}", text, re.M)


@pytest.mark.parametrize("width", [80, 100])
@pytest.mark.parametrize("command", [None, *COMMANDS])
def test_help_fits_the_terminal(zebra, monkeypatch, command, width):
    monkeypatch.setenv("COLUMNS", str(width))
    text = zebra(*filter(None, [command]), "-h").out
    assert [line for line in text.splitlines() if len(line) > width] == []


def test_help_on_exports_has_every_option_once(zebra):
    text = zebra("export", "-h").out
    listed = re.findall(r"^  (?:-\w, )?(--[a-z-]+)", text, re.M)
    options = [name for p in cli.commands["export"].params for name in p.opts]
    options = [name for name in options if name.startswith("--")]
    assert sorted(listed) == sorted([*options, "--help"])


@pytest.mark.parametrize("page", ["cli", "README.md"])
def test_commands_in_help_and_readme_parse(monkeypatch, repository, page):
    if page == "cli":
        texts = [cli.epilog, *(command.help for command in cli.commands.values())]
        commands = [line for text in texts for line in text.splitlines()]
    else:
        if not (repository / page).exists():
            pytest.skip("there is no README.md")
        text = (repository / page).read_text(encoding="utf-8")
        blocks = re.findall(r"^```(?:sh|bash|shell|console)?\n(.*?)^```", text, re.M | re.S)
        commands = [line for block in blocks for line in _joined_lines(block)]
    ran = []
    for command in cli.commands.values():
        monkeypatch.setattr(command, "callback", lambda **_: ran.append(1))
    for line in commands:
        found = re.match(r"\s*(?:\$ )?(?:\S*/)?zebra ([a-z-].*)", line, re.S)
        if found:
            words = shlex.split(found[1], comments=True)
            ends = [i for i, word in enumerate(words) if word in ("|", ">", "&&", ";", "2>")]
            try:
                cli.main(words[: min(ends, default=len(words))], "zebra", standalone_mode=False)
            except click.ClickException as error:
                pytest.fail(f"{line}: {error.format_message()}")
    assert ran


def _joined_lines(block):
    """Lines of a shell block; one whose quote is open or that ends in \\ goes on in the next."""
    line = ""
    for part in block.splitlines():
        line = f"{line}\n{part}" if line else part
        try:
            shlex.split(line, comments=True)
        except ValueError:
            continue
        if not line.endswith("\\"):
            yield line.replace("\\\n", " ")
            line = ""


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from zebra.__main__ import main; main(['--help']); "
        "heavy = {'duckdb', 'pandas', 'numpy', 'dbt', 'jinja2', 'altair', 'yaml'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_json_needs_no_pandas(sample_database):
    code = (
        "import sys; from zebra.__main__ import main; "
        f"main(['sql', 'select 1', '--json', '--database', {str(sample_database)!r}]); "
        "print('pandas' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ['{"1":1}', "False"]


def test_version_is_the_project_s(zebra, repository):
    project = yaml.safe_load((repository / "dbt_project.yml").read_text(encoding="utf-8"))
    assert project["version"] == package.__version__
    changes = (repository / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[(\d.*?)\]", changes, re.MULTILINE)[1] == package.__version__
    assert zebra("--version").out == f"zebra, version {package.__version__}\n"


def test_the_script_is_installed():
    script = shutil.which("zebra", path=str(Path(sys.executable).parent))
    if script is None:
        pytest.skip("the project is not installed beside this Python")
    done = subprocess.run([script, "--version"], capture_output=True, text=True, check=True)
    assert done.stdout == f"zebra, version {package.__version__}\n"


def test_without_a_command_help_is_shown_as_an_error(zebra):
    called = zebra()
    assert called.status == ExitStatus.USAGE
    assert called.err.startswith("Usage: zebra")
