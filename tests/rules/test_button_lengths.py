"""Every keyboard of a card and of its menus fits a phone, in both languages (§0.4, §2.1)."""

from __future__ import annotations

import pytest

from bot.i18n import LOCALES, use_locale
from bot.views.asked import QUICK
from bot.views.card_rows import ROWS, WORDS, Face
from bot.views.hands import REASONS
from services import asking_help, questions
from tests.support.limits import CARD_ROWS, WIDTHS, complaints_of_keyboard


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("face", Face)
def test_the_rows_of_a_card_fit(face: Face, locale: str) -> None:
    with use_locale(locale):
        rows = [[(WORDS[action](), f"s1.{action}.1042") for action in row] for row in ROWS[face]]
    assert complaints_of_keyboard(rows) == []
    assert len(rows) <= CARD_ROWS


def test_every_word_of_a_card_is_used() -> None:
    assert set(WORDS) == {action for rows in ROWS.values() for row in rows for action in row}


@pytest.mark.parametrize("locale", LOCALES)
def test_reasons_stand_two_in_a_row(locale: str) -> None:
    with use_locale(locale):
        assert all(len(word()) <= WIDTHS[2] for word in REASONS.values())


def test_every_code_has_its_words() -> None:
    assert tuple(REASONS) == asking_help.REASONS
    assert tuple(QUICK) == questions.QUICK


def test_a_complaint_names_what_does_not_fit() -> None:
    assert complaints_of_keyboard([[("x" * 21, "a"), ("y", "b")]])
    assert complaints_of_keyboard([[("x", "s1.a.1")]] * 4)
    assert complaints_of_keyboard([[("x", "m1.a.1")]] * 11)
    assert not complaints_of_keyboard([[("x" * 34, "s1.a.1")]])
