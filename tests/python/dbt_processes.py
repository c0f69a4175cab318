"""dbt for tests: each command in a process of its own, forked from one that has parsed the project.

A parse is half of a small build, and what it finds depends on the project's files and on two vars
alone (`test_parsing.py` proves it). So it is done once for all commands that share them, and each
command is a fork of the process that did it, as clean as a new one.
"""

import gc
import hashlib
import json
import multiprocessing
import os
import signal
import sys
from dataclasses import dataclass
from multiprocessing import reduction
from multiprocessing.connection import Connection
from pathlib import Path

# The server imports dbt once; whoever parses is a fork of it.
_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload(["dbt.cli.main", "dbt.adapters.duckdb"])

PARSED_FOLDERS = ["models", "macros", "seeds", "tests"]
PARSED_ENDINGS = {".sql", ".yml", ".yaml", ".md"}
COMMANDS_ON_A_PARSE = {"build", "run", "seed", "test"}


@dataclass(frozen=True)
class Ran:
    """A dbt command that ended: its exit status, what it printed, the database it wrote."""

    returncode: int
    output: str
    database: Path
    target: Path


class Running:
    """A dbt command that was started."""

    def __init__(self, answers, folder, database):
        self._answers = answers
        self._folder = folder
        self._status = None
        self.database = database
        self.pid = answers.recv()

    def is_running(self):
        return self._status is None and not self._answers.poll()

    def kill(self):
        os.kill(self.pid, signal.SIGKILL)

    def wait(self):
        """Wait for the end; returns what ran. A signal that ended it is a negative status."""
        if self._status is None:
            self._status = self._answers.recv()
            self._answers.close()
        output = (self._folder / "output.txt").read_text(encoding="utf-8", errors="replace")
        return Ran(self._status, output, self.database, self._folder / "target")


def vars_that_a_parse_depends_on(vars):
    """The least vars that make the same parse: whether there is a pool, and a slope to be fitted."""
    least = {}
    if (vars or {}).get("responses_path") is not None:
        least["responses_path"] = "pool.jsonl"
    if (vars or {}).get("confidence_slope") == "auto":
        least["confidence_slope"] = "auto"
    return least


def _fingerprint(project):
    """What a parse reads: of seeds the names alone, of the rest every byte."""
    digest = hashlib.md5((project / "dbt_project.yml").read_bytes())
    for folder in PARSED_FOLDERS:
        for path in sorted((project / folder).rglob("*")):
            if path.suffix in PARSED_ENDINGS or (folder == "seeds" and path.suffix == ".csv"):
                digest.update(str(path.relative_to(project)).encode())
            if path.suffix in PARSED_ENDINGS:
                digest.update(path.read_bytes())
    return digest.hexdigest()


def _serve(requests, folder, project, environment, vars):
    """Parse if there are vars to parse with; then run each command that is asked for in a fork."""
    os.environ.update(environment)
    os.chdir(project)
    from dbt.cli.main import dbtRunner

    manifest = None
    if vars is not None:
        arguments = ["--quiet", "parse", "--no-partial-parse", "--log-level-file", "none"]
        arguments += ["--target-path", str(folder), "--log-path", str(folder)]
        arguments += ["--vars", json.dumps(vars)]
        # A project that does not parse is left to each command, which says why.
        with open(os.devnull, "w") as nowhere:
            printed = os.dup(1), os.dup(2)
            os.dup2(nowhere.fileno(), 1)
            os.dup2(nowhere.fileno(), 2)
            manifest = dbtRunner().invoke(arguments).result
            os.dup2(printed[0], 1)
            os.dup2(printed[1], 2)
        # What is there now lives as long as the forks: they need not look through it for garbage.
        gc.freeze()
    runs = 0
    while True:
        try:
            request = requests.recv()
        except EOFError:
            break
        while runs and os.waitpid(-1, os.WNOHANG)[0]:
            runs -= 1
        answers = Connection(reduction.recv_handle(requests), readable=False)
        if os.fork() == 0:
            _run_and_tell(answers, manifest, *request)
        runs += 1
        answers.close()
    for _ in range(runs):
        os.wait()
    os._exit(0)


def _run_and_tell(answers, manifest, *request):
    process = os.fork()
    if process == 0:
        try:
            _run(manifest, *request)
        finally:
            os._exit(3)
    answers.send(process)
    answers.send(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
    os._exit(0)


def _run(manifest, arguments, project, environment, output, before):
    with open(output, "wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.chdir(project)
    os.environ.update(environment)
    if before:
        before()
    from dbt.cli.main import dbtRunner

    for node in manifest.nodes.values() if manifest else ():
        # Seeds are read from the folder of the project that was parsed.
        if node.resource_type == "seed":
            node.root_path = project
    result = dbtRunner(manifest=manifest).invoke(arguments)
    if result.exception:
        print(result.exception)
    sys.stdout.flush()
    os._exit(0 if result.success else 2 if result.exception else 1)


class Servers:
    """The processes that commands are forked from, each with a parse of its own or with none."""

    def __init__(self, folder, repository):
        self._folder = folder
        self._servers = {}
        self._repository = repository

    def start(self, arguments, folder, *, vars, project, environment, before, reparse):
        """Start dbt with a list of arguments in a folder that keeps what it writes.

        before: called in the new process. reparse: have the command parse the project itself.
        """
        folder.mkdir(exist_ok=True)
        environment = {"ZEBRA_DATABASE": str(folder / "zebra.duckdb"), **(environment or {})}
        key = None
        if arguments[0] in COMMANDS_ON_A_PARSE and not reparse:
            least = vars_that_a_parse_depends_on(vars)
            # The name of the database is part of every relation's.
            database = Path(environment["ZEBRA_DATABASE"]).stem
            key = (_fingerprint(project), database, json.dumps(least))
        arguments = ["--no-use-colors", "--log-level-file", "none", *arguments]
        arguments += ["--project-dir", str(project), "--profiles-dir", str(project)]
        arguments += ["--target-path", str(folder / "target"), "--log-path", str(folder / "logs")]
        if vars:
            arguments += ["--vars", json.dumps(vars)]
        requests = self._server(key, project, environment)
        reader, writer = multiprocessing.Pipe(duplex=False)
        output = str(folder / "output.txt")
        requests.send((arguments, str(project), environment, output, before))
        reduction.send_handle(requests, writer.fileno(), None)
        writer.close()
        return Running(reader, folder, Path(environment["ZEBRA_DATABASE"]))

    def _server(self, key, project, environment):
        if key not in self._servers:
            # Of projects that tests change, only the latest is asked for again.
            own = _fingerprint(self._repository)
            for other in [other for other in self._servers if other and other[0] != own]:
                self._servers.pop(other).close()
            folder = self._folder / f"parse-{len(self._servers)}"
            ours, theirs = multiprocessing.Pipe()
            least = json.loads(key[2]) if key else None
            arguments = (theirs, folder, str(project), environment, least)
            _processes.Process(target=_serve, args=arguments, daemon=True).start()
            theirs.close()
            self._servers[key] = ours
        return self._servers[key]
