"""`python -m bot demo` and `train`: the door opens, and everything ends with it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

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


def test_it_closes_while_people_still_take_their_places() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--port", "8200"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=ENVIRONMENT,
    ) as process:
        assert process.stdout is not None
        assert "http://127.0.0.1:" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, trouble = process.communicate(timeout=30)
    assert process.returncode == 0
    assert "на местах" not in rest
    assert "Traceback" not in trouble


def test_the_training_room_opens_in_english_and_closes(tmp_path: Path) -> None:
    file = tmp_path / "training.json"
    command = ["train", "--port", "8190", "--results", str(file), "--lang", "en"]
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *command], stdout=subprocess.PIPE, text=True, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+/train\S*", process.stdout.readline())
            assert address is not None
            assert "Everybody is in place" in process.stdout.readline()
            with urllib.request.urlopen(address[0], timeout=10) as page:
                assert "Who is learning?" in page.read().decode()
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(30) == 0
    assert not file.exists(), "nobody has learned anything"


def test_a_damaged_file_of_results_is_said_plainly(tmp_path: Path) -> None:
    file = tmp_path / "training.json"
    file.write_text("{", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "train", "--results", str(file)],
        capture_output=True,
        text=True,
        check=False,
        env=ENVIRONMENT,
    )
    assert done.returncode == 2
    assert "training.json, line 1" in done.stderr
    assert "Traceback" not in done.stderr
    assert file.read_text(encoding="utf-8") == "{"
