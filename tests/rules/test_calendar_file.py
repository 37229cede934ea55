"""The calendar file: the shipped years, and what is said about a wrong one."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.municipality.calendar import load_calendar, to_confirm
from services.calendar import DayKind, day_kind, is_working_day
from tests.support.policies import CALENDAR, MOSCOW, WEEK

GOOD = "[2030]\ndays_off = [2030-05-09]\nworking_days = []\nshort_days = [2030-05-08]\n"


# Working and days-off counts of the five-day week as published for each year.
@pytest.mark.parametrize(("year", "working"), [(2025, 247), (2026, 247), (2027, 247)])
def test_shipped_years_have_the_published_number_of_working_days(year: int, working: int) -> None:
    calendar = load_calendar()
    days = [date(year, 1, 1) + timedelta(days=n) for n in range(365)]
    regional = [day for day in days if day_kind(calendar, day) is DayKind.REGIONAL]
    assert len(regional) == 1
    assert sum(is_working_day(calendar, day, regional=False) for day in days) == working


def test_shipped_2025_and_2026_agree_with_the_tests_own_copy() -> None:
    calendar = load_calendar()
    assert (calendar.zone, calendar.week) == (MOSCOW, WEEK)
    years = calendar.years
    assert set(years) == {2025, 2026, 2027}
    assert {year: years[year] for year in (2025, 2026)} == CALENDAR.years
    assert any("2027" in line for line in to_confirm())


def test_regional_days_may_be_left_out(tmp_path: Path) -> None:
    path = tmp_path / "calendar.toml"
    path.write_text(GOOD, "utf-8")
    assert load_calendar(path).years[2030].regional_days_off == frozenset()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[2030", "not TOML"),
        ("[next]", "next: expected a year like [2026]"),
        ("2030 = 1", "2030: expected a table [2030]"),
        ("[2030]\ndays_off = []\nworking_days = []", "2030.short_days: missing"),
        (GOOD + "holidays = []", "2030.holidays: unknown key"),
        (GOOD + "confirm = 1", "2030.confirm: expected a list of texts"),
        (GOOD.replace("[2030-05-09]", "5"), "2030.days_off: expected a list of dates like"),
        (GOOD.replace("2030-05-09", "2031-05-09"), "got «2031-05-09»"),
        (GOOD.replace("2030-05-09", "2030-05-09, 2030-05-09"), "2030-05-09 stands twice"),
        (GOOD.replace("2030-05-09", "'9 мая'"), "got «9 мая»"),
        (GOOD.replace("working_days = []", "working_days = [2030-05-09]"), "in days_off too"),
        (GOOD.replace("working_days = []", "working_days = [2030-05-07]"), "is a weekday"),
        (GOOD.replace("2030-05-08", "2030-05-11"), "2030-05-11 is a day off"),
    ],
)
def test_a_mistake_is_named_by_file_and_key(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "calendar.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ValueError, match=r"calendar\.toml: ") as error:
        load_calendar(path)
    assert said in str(error.value)


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="cannot be read"):
        load_calendar(tmp_path / "none.toml")
