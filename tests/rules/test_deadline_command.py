"""`python -m bot deadline`: dates and reasons offline, one clear line for bad input."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.commands.deadline import deadline

app = typer.Typer()
app.command()(deadline)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, arguments)


@pytest.mark.parametrize(
    ("arguments", "policy", "clocks"),
    [
        (
            ("--regime", "bot", "--received", "2026-11-24 10:12"),
            "A04",
            {"reaction": "2026-11-25T11:02:00+03:00", "answer": "2026-12-04T17:00:00+03:00"},
        ),
        (
            ("--regime", "bot", "--received", "2026-11-24T07:12:00Z"),
            "A04",
            {"reaction": "2026-11-25T11:02:00+03:00", "answer": "2026-12-04T17:00:00+03:00"},
        ),
        (
            ("--regime", "bot", "--received", "2026-11-24T22:40+03:00", "--urgency", "emergency"),
            "A01",
            {"reaction": "2026-11-24T23:10:00+03:00", "fix": "2026-11-25T22:40:00+03:00"},
        ),
        (
            ("--regime", "59fz", "--received", "2026-04-07 10:00", "--registered", "2026-04-09"),
            "A08",
            {"registration": "2026-04-10T17:00:00+03:00", "answer": "2026-05-08T16:00:00+03:00"},
        ),
    ],
)
def test_json(arguments: tuple[str, ...], policy: str, clocks: dict[str, str]) -> None:
    result = run(*arguments, "--json")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert set(said) == {"policy", "clocks"}
    assert said["policy"] == policy
    assert {clock["kind"]: clock["due"] for clock in said["clocks"]} == clocks
    assert all(set(clock) == {"kind", "due", "explanation"} for clock in said["clocks"])
    assert all(line for clock in said["clocks"] for line in clock["explanation"])


def test_text_in_both_languages() -> None:
    asked = ("--regime", "bot", "--received", "2026-11-24 10:12")
    assert "Ответить до пт, 4 декабря 2026 г., 17:00" in run(*asked).stdout
    assert "Answer by Fri 4 Dec 2026, 17:00" in run(*asked, "--lang", "en").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--regime", "pos", "--received", "2026-11-24 10:12"), "--regime"),
        (("--received", "2026-11-24 10:12"), "--regime"),
        (("--regime", "bot"), "--received"),
        (("--regime", "bot", "--received", "2026-11-24"), "--received"),
        (("--regime", "bot", "--received", "завтра"), "«завтра»"),
        (("--regime", "bot", "--received", "0001-01-01 00:00"), "--received"),
        (("--regime", "bot", "--received", "9999-12-31 10:00"), "--received"),
        (("--regime", "bot", "--received", "2026-11-24 10:12", "--urgency", "low"), "--urgency"),
        (
            ("--regime", "59fz", "--received", "2026-11-24 10:12", "--registered", "2026-11-23"),
            "--registered",
        ),
        (
            ("--regime", "59fz", "--received", "2026-11-24 10:12", "--registered", "24.11"),
            "--registered",
        ),
        (("--regime", "bot", "--received", "2026-11-24 10:12", "--lang", "de"), "--lang"),
    ],
)
def test_bad_input_is_one_line_and_exit_2(arguments: tuple[str, ...], said: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert not result.stdout
