"""What the machine would mend in a draft: tables of texts (conversations.md §2.6, domain.md §4)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.hints import hints, leaked
from services.model import Outcome

THURSDAY = date(2026, 11, 26)
GOOD = (
    "3 декабря заменили задвижку в колодце у дома 12, воду откачали, дорогу вымыли. "
    "Если снова потечёт, напишите сюда."
)
quick = settings(max_examples=150, deadline=None, derandomize=True)


def codes(text: str, outcome: Outcome = Outcome.SOLVED, photos: int = 1) -> list[str]:
    """Codes seen in a text whose topic demands a photo."""
    found = hints(text, outcome=outcome, photos=photos, evidence=True, today=THURSDAY)
    return [hint.code for hint in found]


def test_s2_6_a_good_answer_has_no_remarks() -> None:
    assert codes(GOOD) == []


def test_s2_6_the_draft_of_the_design() -> None:
    found = hints(
        "Задвижку заменим на следующей неделе.",
        outcome=Outcome.EXPLAINED,
        photos=0,
        evidence=True,
        today=THURSDAY,
    )
    assert [h.code for h in found] == ["E02", "E06", "E01"]
    assert (found[0].words, found[0].day) == ("на следующей неделе", date(2026, 12, 4))
    assert (found[2].name, found[2].n) == ("short", 37)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Скоро заменим.", "E02"),
        ("Работы проведём в ближайшее время.", "E02"),
        ("Починим обязательно.", "E02"),
        ("Сделаем в следующем месяце.", "E02"),
        ("Ваше обращение рассмотрено в установленном порядке.", "E01"),
        ("Приняты меры, вопрос взят на контроль.", "E01"),
        ("Да.", "E01"),
        ("По ст. 8 и ст. 12 закона № 59-ФЗ отвечаем.", "E07"),
        ("слово " * 26 + ".", "E07"),
        ("Позвоните мастеру: 8 (918) 123-45-67", "E12"),
        ("+79181234567", "E12"),
        ("Пишите на ivan.petrov@example.org", "E12"),
        ("Карта 4111 1111 1111 1111", "E12"),
    ],
)
def test_s2_6_what_is_worth_mending(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize(
    "text",
    [
        "Заменим до 4 декабря.",
        "Заменим завтра.",
        "Заменим в пятницу, 4.12.",
        "Заменили вчера.",
        "Мы там были и всё посмотрели.",
    ],
)
def test_s2_6_a_date_or_nothing_promised(text: str) -> None:
    assert "E02" not in codes(text)


@pytest.mark.parametrize("text", ["Дежурная служба: 8 (86141) 2-00-00", "Звоните 112", GOOD])
def test_an_offices_telephone_is_no_personal_data(text: str) -> None:
    assert leaked(text) is None


def test_evidence_and_result_are_not_asked_of_a_refusal() -> None:
    text = "Проезд частный, тратить на него деньги города закон не разрешает. Решает собственник."
    assert codes(text, Outcome.REFUSED, photos=0) == []


@quick
@given(text=st.text(max_size=400), outcome=st.sampled_from(Outcome), photos=st.integers(0, 3))
def test_any_text_is_read_and_only_e12_blocks(text: str, outcome: Outcome, photos: int) -> None:
    found = hints(text, outcome=outcome, photos=photos, evidence=True, today=THURSDAY)
    assert any(h.blocks for h in found) == (leaked(text) is not None)
    assert all(h.code in {"E01", "E02", "E06", "E07", "E12"} for h in found)
