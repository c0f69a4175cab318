"""Every macro with a dispatch has a form for Spark: dbt finds that out while it parses.

`make test-spark` compares what the two engines build; this needs no Java, and takes a parse.
"""

import os
import subprocess
import sys

import pytest


def test_the_project_parses_for_spark(repository, tmp_path):
    pytest.importorskip("dbt.adapters.spark", reason="pip install -r requirements-spark.lock")
    parsed = subprocess.run(
        [
            *(sys.executable, "-m", "dbt.cli.main", "parse", "--target", "spark"),
            *("--target-path", str(tmp_path), "--log-path", str(tmp_path)),
        ],
        cwd=repository,
        env=os.environ | {"DBT_PROFILES_DIR": str(repository)},
        capture_output=True,
        text=True,
    )
    assert parsed.returncode == 0, parsed.stdout + parsed.stderr
