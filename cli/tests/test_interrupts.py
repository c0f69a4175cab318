"""Signals come at any moment, in the middle of any line of Python."""

import signal
import subprocess
import sys

import pytest

# Ends by itself, unless a signal leaves a lock held or a call without its answer.
INTERRUPTED = """
import random, signal, sys
from zebra.database import Database

class End(BaseException):
    pass

def end(*_):
    raise End

signal.signal(signal.SIGALRM, end)
generator = random.Random(7)
with Database(sys.argv[1]) as database:
    for number in range(2000):
        database.rows("select 1")
        try:
            signal.setitimer(signal.ITIMER_REAL, 1e-5 + generator.random() * 0.002)
            if number % 20:
                for _ in database.batches("from endless", size=1):
                    pass
            else:
                database.copy("from endless", f"to '{sys.argv[2]}'", sys.argv[2])
        except End:
            pass
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    assert database.rows("select 42") == [(42,)]
"""


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such timer")
def test_a_signal_at_any_moment_ends_the_query_alone(large_database, tmp_path):
    command = [sys.executable, "-c", INTERRUPTED, large_database, tmp_path / "out.csv"]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert (ran.returncode, ran.stderr) == (0, "")
