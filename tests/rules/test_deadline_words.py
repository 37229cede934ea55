"""Every deadline explains itself in both languages (conversations.md §1.14)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.i18n import use_locale
from bot.views import moments
from bot.views.deadlines import explain
from services.deadlines import deadlines, halved
from services.policies import Policy, Regime
from tests.support.policies import A01, A03, A04, A05, A08, CALENDAR, MOSCOW, local


def words(rule: Policy, received: str, which: int, locale: str) -> list[str]:
    clock = deadlines(rule, CALENDAR, received=local(received))[which]
    with use_locale(locale):
        return explain(clock, rule, MOSCOW)


@pytest.mark.parametrize(
    ("rule", "received", "which", "locale", "lines"),
    [
        (
            A04,
            "2026-11-24 10:12",
            1,
            "ru",
            [
                "Обычный вопрос из бота — 8 рабочих дней.",
                "День 1 — ср 25.11, дальше 26, 27, 30.11, 1, 2, 3, день 8 — пт 4.12.",
                "28–29.11 — выходные. В пятницу работаем до 17:00.",
            ],
        ),
        (
            A04,
            "2026-11-24 10:12",
            1,
            "en",
            [
                "An ordinary report to the bot gets 8 working days.",
                "Day 1 is Wed 25 Nov, then 26, 27, 30 Nov, 1, 2, 3, day 8 is Fri 4 Dec.",
                "28–29 Nov are days off. On Fridays we work until 17:00.",
            ],
        ),
        (
            A04,
            "2026-11-24 20:00",
            0,
            "ru",
            [
                "Взять в работу — 9 рабочих часов.",
                "Пришло в нерабочее время, считаем с ср 25.11 09:00.",
                "ср 25.11 — 8 ч 10 мин, чт 26.11 — 50 мин; обед не считаем.",
            ],
        ),
        (
            A08,
            "2026-04-09 10:00",
            1,
            "ru",
            [
                "30 дней с 10.04.",
                "09.05 — праздник и суббота, поэтому раньше: до пт 08.05, 16:00. "
                "08.05 — короткий день, работаем до 16:00.",
                "Закон 59-ФЗ, ст. 12.",
            ],
        ),
        (
            A08,
            "2026-11-20 10:00",
            0,
            "en",
            [
                "Registration: 3 days from 21 Nov.",
                "The last day is Mon 23 Nov, 18:00.",
                "Federal law 59-FZ, article 8.",
            ],
        ),
        (
            A01,
            "2026-11-24 22:40",
            1,
            "en",
            ["We fix it within 24 hours.", "The hours run day and night, on days off too."],
        ),
        (
            A05,
            "2026-11-03 10:00",
            1,
            "ru",
            [
                "Вопрос или благодарность — 3 рабочих дня.",
                "День 1 — чт 5.11, дальше 6, день 3 — пн 9.11.",
                "7–8.11 — выходные. 4.11 — праздничный выходной.",
            ],
        ),
        (
            A05,
            "2027-02-25 10:00",
            1,
            "ru",
            [
                "Вопрос или благодарность — 3 рабочих дня.",
                "День 1 — пт 26.02, дальше 1, день 3 — вт 2.03.",
                "27–28.02 — выходные.",
                "Праздники 2027 года ещё не утверждены, считаем по обычным выходным.",
            ],
        ),
    ],
)
def test_explanations(
    rule: Policy, received: str, which: int, locale: str, lines: list[str]
) -> None:
    assert words(rule, received, which, locale) == lines


def test_radonitsa_is_named() -> None:
    assert any("21.04 — региональный" in line for line in words(A03, "2026-04-17 10:00", 1, "ru"))


def test_half_of_the_clock_says_what_it_was() -> None:
    clock = halved(A04, CALENDAR, start=local("2026-12-03 15:20"))
    with use_locale("ru"):
        assert explain(clock, A04, MOSCOW)[:2] == [
            "Срок вдвое короче: было 8 рабочих дней, стало 4 рабочих дня.",
            "День 1 — пт 4.12, дальше 7, 8, день 4 — ср 9.12.",
        ]


def test_a_regime_without_the_bot_is_not_called_so() -> None:
    social = replace(A04, regimes=frozenset({Regime.SOCIAL}))
    assert words(social, "2026-11-24 10:12", 1, "en")[0].startswith("An ordinary report gets")
    clock = deadlines(A04, CALENDAR, received=local("2026-11-24 10:12"))[1]
    with use_locale("en"):
        line = explain(clock, A04, MOSCOW, Regime.SOCIAL)[0]
    assert line == "An ordinary report gets 8 working days."


def test_moments() -> None:
    at = local("2026-12-04 17:00")
    with use_locale("ru"):
        assert moments.moment(at, MOSCOW) == "пт, 4 декабря, 17:00"
        assert moments.short(at, MOSCOW) == "пт 4.12 17:00"
        assert moments.day_month(at.date()) == "4 декабря"
        assert moments.day(date(2027, 5, 9), year=True) == "вс, 9 мая 2027 г."
    with use_locale("en"):
        assert moments.moment(at, MOSCOW) == "Fri 4 Dec, 17:00"
        assert moments.short(at, MOSCOW) == "Fri 4.12 17:00"
        assert moments.day_month(at.date()) == "4 December"
