"""`python -m bot demo`: the scripted day of the town, as people run it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest

_HEADING = re.compile(r"(?:пн|вт|ср|чт|пт|сб|вс) \d\d\.\d\d\.\d{4}, \d\d:\d\d — .*\(([\d., ]+)\)")
COMMAND = (sys.executable, "-m", "bot", "demo")
TEN_MINUTES = 600
"""A day takes half of it on a machine of its own."""
SECTIONS = (
    *(f"1.{n}" for n in range(1, 17)),
    *(f"2.{n}" for n in range(1, 11)),
    *(f"3.{n}" for n in range(1, 4)),
    "4",
    "5",
)
"""Of conversations.md: the citizen, the staff, those above, the administrator, English."""
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("OTKLIK_")}


def _run(*options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, *options],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=ENVIRONMENT,
        timeout=TEN_MINUTES,
        check=False,
    )


def _sections(line: str) -> list[str]:
    """The sections that a heading of the transcript ends with."""
    found = _HEADING.fullmatch(line)
    return found[1].split(", ") if found else []


@pytest.mark.timeout(TEN_MINUTES)
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
    assert counts["appeals"] >= 80
    assert counts["answered"] >= 60
    assert counts["rated"] >= 45
    assert counts["reopened"] >= 5
    assert counts["reminders"] >= 5
    assert counts["escalations"] >= 1
    assert counts["digests"] >= 34
    assert counts["errors"] == 0
    text = "\n".join(story)
    assert "НЕ ВЫШЛО" not in text
    assert "Уже взято" in text
    assert "нужно фото «после»" in text
    shown = [s for line in story for s in _sections(line)]
    assert [s for s in SECTIONS if s not in shown] == [], "every kind of conversation, once"
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
