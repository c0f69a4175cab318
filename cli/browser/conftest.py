"""Pages of two pools, and a browser that opens them from disk with the network blocked."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# Names and texts that would run, or break, a page which took them for anything but text.
HOSTILE_MODEL = "</script><script>window.ran='model'</script><img src=x onerror=\"ran='model'\">"
TURNED_MODEL = "turned \u202emodel <!--<script> \u2028 {{ 7 * 7 }} \x1b[31m"
HOSTILE_RESPONSE = (
    "\n</div></script><script>window.ran='response'</script><img src=x onerror=\"ran='response'\">"
    "<!--<script> \u202eturned\u202c \x07bell {{ 7 * 7 }}"
)
N_MODELS = 70


def write_page(database, path):
    done = subprocess.run(
        [sys.executable, "-m", "zebra", "--database", database, "report", "-o", path, "--force"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return path


@pytest.fixture(scope="session")
def pages(tmp_path_factory):
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="session")
def sample_page(sample_database, pages):
    return write_page(sample_database, pages / "sample.html")


@pytest.fixture(scope="session")
def hostile_database(repository, dbt_build, tmp_path_factory):
    """A pool by more models than a chart shows, with hostile names and texts, and with scores."""
    project = tmp_path_factory.mktemp("hostile") / "project"
    project.mkdir()
    for name in (
        *(".dbtignore", "dbt_project.yml", "profiles.yml"),
        *("models", "macros", "seeds", "tests"),
    ):
        copy = shutil.copytree if (repository / name).is_dir() else shutil.copy
        copy(repository / name, project / name)
    models = [f"a-model-with-quite-a-long-name-{number:02}" for number in range(N_MODELS - 2)]
    models = [HOSTILE_MODEL, TURNED_MODEL, *models]
    with (project / "seeds" / "benchmarks.csv").open(encoding="utf-8") as file:
        benchmarks = [row["benchmark"] for row in csv.DictReader(file)][:6]
    seed = project / "seeds" / "benchmark_scores.csv"
    with seed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["model", "benchmark", "score", "source"])
        for place, model in enumerate(models):
            for number, benchmark in enumerate(benchmarks):
                score = 40 + (place * 7 + number * 11 * (place % 5 + 1)) % 50 + place / 100
                # with the sign it is right in either unit
                writer.writerow([model, benchmark, f"{score:.2f}%", "</script><b>made</b>"])
    pool = project / "pool.jsonl"
    with pool.open("w", encoding="utf-8") as file:
        for number in range(3 * N_MODELS):
            # the hostile ones answer most, so that charts hold them
            answering = [HOSTILE_MODEL, TURNED_MODEL, *(models[(number * k) % 70] for k in (1, 3))]
            for place, model in enumerate(dict.fromkeys(answering)):
                row = {
                    "prompt": f"\n<b>Prompt</b> {number} \u202eturned",
                    "model": model,
                    "response": HOSTILE_RESPONSE + f" {place} " + "long " * (500 * (number % 2)),
                    "score": (number * 5 + place * 3) % 11,
                }
                file.write(json.dumps(row) + "\n")
    built = dbt_build(vars={"responses_path": str(pool)}, name="hostile", project=project)
    return built.database


@pytest.fixture(scope="session")
def hostile_page(hostile_database, pages):
    return write_page(hostile_database, pages / "hostile.html")


@pytest.fixture(scope="session")
def browser():
    playwright = pytest.importorskip("playwright.sync_api")
    path = shutil.which("chromium") or shutil.which("chromium-headless-shell")
    if path is None:
        pytest.skip("there is no chromium: apt-get install chromium")
    with playwright.sync_playwright() as play:
        launched = play.chromium.launch(
            executable_path=path, args=["--host-resolver-rules=MAP * ~NOTFOUND"]
        )
        yield launched
        launched.close()


class Visit:
    """A page that is open, with what it asked for and what it complained of."""

    def __init__(self, context, path):
        self.url = Path(path).as_uri()
        self.asked, self.complaints = [], []
        context.route("**/*", self._answer)
        self.page = context.new_page()
        self.page.on("console", lambda message: self.complaints.append(message.text))
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(self.url)

    def _answer(self, route):
        self.asked.append(route.request.url)
        route.continue_() if route.request.url == self.url else route.abort()

    def drawn(self):
        self.page.wait_for_selector("body[data-drawn]")
        return self


@pytest.fixture
def visit(browser):
    """Open a page of this width; the network is blocked, and each request noted."""
    contexts = []

    def open_page(path, width=1280, scheme="light"):
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, offline=True
        )
        contexts.append(context)
        return Visit(context, path)

    yield open_page
    for context in contexts:
        context.close()
