"""dbt for tests: each command in a process of its own, forked from one that has parsed the project.

A parse takes as long as a third of a build, and vars bear on nothing that it finds but on which
relations refer to which. So it is done once, with vars that bring every reference there can be, and
each command is a fork of the process that did it, as clean as a new one. `test_parsing.py` proves
that this leaves nothing out; dbt itself stops at a reference that a parse did not find.
"""

import contextlib
import gc
import hashlib
import json
import multiprocessing
import os
import signal
import sys
import tempfile
import traceback
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
        try:
            self.pid = answers.recv()
        except EOFError:
            raise RuntimeError("the process that dbt commands are forked from ended") from None

    def is_running(self):
        return self._status is None and not self._answers.poll()

    def kill(self):
        if self.is_running():
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self):
        """Wait for the end; returns what ran. A signal that ended it is a negative status."""
        if self._status is None:
            self._status = self._answers.recv()
            self._answers.close()
        output = (self._folder / "output.txt").read_text(encoding="utf-8", errors="replace")
        return Ran(self._status, output, self.database, self._folder / "target")


def vars_to_parse_with(vars):
    """Vars with all references there can be; a slope that is fitted turns one of them round."""
    strategy = {"order_by": "similarity", "max_model_share": 0.5, "max_length_ratio": 2}
    slope = (vars or {}).get("confidence_slope")
    return {
        "responses_path": None,
        "score_direction": {"flat": "lower"},
        "strategies": {"any": strategy},
        **({"confidence_slope": slope} if slope == "auto" else {}),
    }


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


def _compile_macros(manifest):
    """Have dbt compile each macro now, and not again in each fork that calls it."""
    from dbt_common.clients.jinja import template_cache

    for macro in manifest.macros.values():
        template_cache.get_node_template(macro)


def _serve(requests, folder, project, environment, vars, many):
    """Parse if there are vars to parse with; then run each command that is asked for in a fork.

    many: so many commands will be that it pays to prepare all macros for them.
    Where the project does not parse, each command ends with what dbt said of it.
    """
    os.environ.update(environment)
    os.chdir(project)
    from dbt.cli.main import dbtRunner

    manifest, refusal = None, None
    if vars is not None:
        arguments = ["--quiet", "--no-use-colors", "parse", "--no-partial-parse"]
        arguments += ["--log-level-file", "none", "--vars", json.dumps(vars)]
        arguments += ["--target-path", str(folder), "--log-path", str(folder)]
        with open(folder / "output.txt", "w+b") as output:
            printed = os.dup(1), os.dup(2)
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            result = dbtRunner().invoke(arguments)
            sys.stdout.flush()
            os.dup2(printed[0], 1)
            os.dup2(printed[1], 2)
            manifest = result.result
            if manifest and many:
                _compile_macros(manifest)
            if not result.success:
                output.seek(0)
                refusal = output.read().decode(errors="replace") or str(result.exception)
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
            _run_and_tell(answers, manifest, refusal, *request)
        runs += 1
        answers.close()
    for _ in range(runs):
        os.wait()
    os._exit(0)


def _run_and_tell(answers, manifest, refusal, *request):
    process = os.fork()
    if process == 0:
        try:
            _run(manifest, refusal, *request)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(3)
    answers.send(process)
    answers.send(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]))
    os._exit(0)


def _run(manifest, refusal, arguments, project, environment, output, before):
    with open(output, "wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    if refusal is not None:
        print(refusal, flush=True)
        os._exit(2)
    os.chdir(project)
    os.environ.update(environment)
    if before:
        before()
    from dbt.cli.main import dbtRunner
    from dbt.task import runnable

    if manifest:
        # It would be the same file each time, and takes a quarter of a small build.
        runnable.write_manifest = lambda *_: None
        # A command is over before there is garbage to speak of.
        gc.disable()
        for node in manifest.nodes.values():
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
            # The name of the database is part of every relation's.
            database = Path(environment["ZEBRA_DATABASE"]).stem
            key = (_fingerprint(project), database, json.dumps(vars_to_parse_with(vars)))
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
            folder = Path(tempfile.mkdtemp(dir=self._folder))
            ours, theirs = multiprocessing.Pipe()
            vars = json.loads(key[2]) if key else None
            arguments = (theirs, folder, str(project), environment, vars, key and key[0] == own)
            _processes.Process(target=_serve, args=arguments, daemon=True).start()
            theirs.close()
            self._servers[key] = ours
        return self._servers[key]
