"""«до 31.12.2026, приказ 15-р» in people's ways of writing it."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.errors import DomainError
from services.terms import ACT_LIMIT, Term, read, split

ZONE = ZoneInfo("Europe/Moscow")
NOW = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)
YEAR_END = datetime(2026, 12, 31, 21, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("до 31.12.2026, приказ 15-р", Term(YEAR_END, "15-р")),
        ("Приказ № 15-р до 31.12.2026", Term(YEAR_END, "15-р")),
        ("до 31.12.2026", Term(YEAR_END, None)),
        ("распоряжение 7", Term(None, "7")),
        ("until 31.12.2026, order 15-r", Term(YEAR_END, "15-r")),
        ("до 24.11.2026", Term(datetime(2026, 11, 24, 21, 0, tzinfo=UTC), None)),
    ],
)
def test_terms_are_read(text: str, term: Term) -> None:
    assert read(text, ZONE, now=NOW) == term


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "term_unread"),
        ("навсегда", "term_unread"),
        ("до 31.02.2027", "term_unread"),
        ("до 31.12.2026 Петров", "term_unread"),
        ("до 23.11.2026", "term_past"),
        ("до 31.12.9999", "term_unread"),
    ],
)
def test_what_is_no_term_is_refused(text: str, code: str) -> None:
    with pytest.raises(DomainError) as caught:
        read(text, ZONE, now=NOW)
    assert caught.value.code == code


@given(st.text(max_size=80))
def test_any_words_are_a_term_or_a_refusal(text: str) -> None:
    try:
        term = read(text, ZONE, now=NOW)
    except DomainError:
        return
    assert term.until or term.act
    assert term.act is None or 0 < len(term.act) <= ACT_LIMIT


def test_the_words_before_a_term() -> None:
    assert split(["EXE", "HCS", "до", "31.12.2026,", "приказ", "15-р"]) == (
        ["EXE", "HCS"],
        "до 31.12.2026, приказ 15-р",
    )
    assert split(["QC"]) == (["QC"], "")
