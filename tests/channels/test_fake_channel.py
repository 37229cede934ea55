"""The citizen's whole way through a messenger that has no framework (architecture.md, «In», 6)."""

from __future__ import annotations

import subprocess
import sys


def test_the_citizens_flow_needs_no_aiogram(database: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.channels.fake_town", database],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "done"
