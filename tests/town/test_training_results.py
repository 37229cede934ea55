"""The file of results: kept across runs, never half written, never silently lost."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from bot.town.training.results import Result, Results, ResultsDamaged, first_name
from services.training import Check, Lesson, Mark, Verdict

DAY = date(2026, 11, 24)


def results(path: Path, municipality: str = "Геленджик", day: date = DAY) -> Results:
    return Results(path, municipality, today=lambda: day)


def verdict(*marks: Mark) -> Verdict:
    return Verdict(tuple(Check(f"c{n}", mark) for n, mark in enumerate(marks)), over=True)


def test_the_best_is_kept_across_runs_and_municipalities(tmp_path: Path) -> None:
    path = tmp_path / "var" / "training.json"
    first = results(path)
    first.keep("Анна", Lesson.TAKE, verdict(Mark.GOOD, Mark.BETTER))
    results(path, "Анапа").keep("Пётр", Lesson.ASK, verdict(Mark.GOOD))
    later = results(path, day=date(2026, 12, 1))
    assert later.of("Анна") == {Lesson.TAKE: Result(1, 2, DAY, ("c1",))}
    later.keep("Анна", Lesson.TAKE, verdict(Mark.BETTER, Mark.BETTER))
    assert later.of("Анна")[Lesson.TAKE].good == 1, "a worse try takes nothing away"
    other = results(path)
    later.keep("Анна", Lesson.TAKE, verdict(Mark.GOOD, Mark.GOOD))
    other.keep("Анна", Lesson.ASK, verdict(Mark.GOOD))
    again = results(path)
    assert again.of("Анна")[Lesson.TAKE] == Result(2, 2, date(2026, 12, 1))
    assert Lesson.ASK in again.of("Анна"), "two rooms, one file"
    assert again.names() == ["Анна"]
    assert results(path, "Анапа").names() == ["Пётр"]
    assert [p.name for p in path.parent.iterdir()] == ["training.json"]


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        '{"version": 2, "municipalities": {}}',
        '{"version": 1, "municipalities": {"Геленджик": {"Анна": {"fly": {}}}}}',
        '{"version": 1, "municipalities": {"Геленджик": {"Анна": {"take": {"good": 1}}}}}',
    ],
)
def test_a_damaged_file_is_a_readable_error_and_stays(tmp_path: Path, text: str) -> None:
    path = tmp_path / "training.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ResultsDamaged, match=r"training\.json"):
        results(path)
    assert path.read_text(encoding="utf-8") == text


def test_a_failed_write_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "training.json"
    kept = results(path)
    kept.keep("Анна", Lesson.TAKE, verdict(Mark.GOOD))
    before = path.read_bytes()

    def full(*_paths: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="no space"):
        kept.keep("Анна", Lesson.ASK, verdict(Mark.GOOD))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["training.json"]


@pytest.mark.parametrize(
    ("text", "name"), [("анна", "Анна"), (" Пётр ", "Пётр"), ("анна-мария", "Анна-Мария")]
)
def test_a_first_name(text: str, name: str) -> None:
    assert first_name(text) == name


@pytest.mark.parametrize(
    "text", ["", "Анна Петрова", "Анна1", "+7 918 000", "a@b.ru", "<b>", "А" * 21, "Анна_П"]
)
def test_nothing_but_a_first_name(text: str) -> None:
    with pytest.raises(ValueError, match="first_name"):
        first_name(text)
