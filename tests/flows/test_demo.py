"""`python -m bot demo`: the scripted day of the town, as people run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

COMMAND = (sys.executable, "-m", "bot", "demo")
THREE_MINUTES = 180
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("OTKLIK_")}


def _run(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        timeout=THREE_MINUTES,
        check=False,
    )


def test_the_day_happens_as_scripted() -> None:
    done = _run("--headless", "--scenario", "day", "--seed", "3")
    assert done.returncode == 0, done.stderr
    *story, last = done.stdout.splitlines()
    counts = json.loads(last)
    assert list(counts) == [
        "appeals",
        "answered",
        "rated",
        "reopened",
        "reminders",
        "escalations",
        "digests",
        "errors",
    ]
    assert counts["appeals"] >= 40
    assert counts["answered"] >= 40
    assert counts["rated"] >= 40
    assert counts["reopened"] >= 1
    assert counts["reminders"] >= 1
    assert counts["escalations"] >= 1
    assert counts["digests"] >= 2
    assert counts["errors"] == 0
    text = "\n".join(story)
    assert "НЕ ВЫШЛО" not in text
    assert "Уже взято" in text
    assert "нужно фото «после»" in text
    assert "\033" not in text, "no colours into a pipe"


@pytest.mark.parametrize(
    ("options", "words"),
    [(("--scenario", "night"), "there is no scenario «night»; there are: day")],
)
def test_an_unknown_scenario_is_one_clear_line(options: tuple[str, ...], words: str) -> None:
    done = _run("--headless", *options)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip() == words
