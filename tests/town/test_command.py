"""`python -m bot demo`: the door opens, and everything ends with it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request

ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("OTKLIK_")}


def test_the_town_opens_and_closes() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "8180"],
        stdout=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    ) as process:
        assert process.stdout is not None
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
            assert address is not None
            with urllib.request.urlopen(address[0], timeout=10) as page:
                assert page.status == 200
            assert "на местах" in process.stdout.readline()
            with urllib.request.urlopen(address[0], timeout=10) as page:
                assert "/windows?as=" in page.read().decode()
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
