"""How a lesson is judged: events, clocks and detectors in, what was good and better out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from services.model import Answer, AnswerId, AnswerState, AppealId, Outcome, PersonId
from services.training import CHECKS, Deed, Facts, Lesson, Mark, Version, judge, version_of

TEN = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
"""Monday 10:00 in the town."""
DUE = TEN + timedelta(hours=2)
GOOD = (
    "23 ноября бригада прочистила канализацию у дома 5 и промыла тротуар. Если снова "
    "забьётся, напишите сюда."
)
PHONE = GOOD + " Мастер: 8 918 123-45-67."
SOON = "Примем меры в ближайшее время."


def deed(action: str, minutes: int = 1, *, mine: bool = True, word: str = "") -> Deed:
    return Deed(action, mine, TEN + timedelta(minutes=minutes), word)


def version(
    text: str, state: AnswerState = AnswerState.DRAFT, *, photos: int = 1, evidence: bool = True
) -> Version:
    answer = Answer(
        id=AnswerId(1),
        appeal_id=AppealId(1),
        author_id=PersonId(1),
        text=text,
        outcome=Outcome.SOLVED if photos else Outcome.EXPLAINED,
        state=state,
        created_at=TEN,
        submitted_at=TEN,
        checker_id=None,
        checked_at=None,
        remark=None,
        photos=photos,
    )
    found = version_of(answer, evidence=evidence, zone=ZoneInfo("Europe/Moscow"))
    assert found is not None
    return found


def facts(*deeds: Deed, versions: tuple[Version, ...] = (), **more: object) -> Facts:
    return Facts(**({"now": TEN, "react_by": DUE} | more), deeds=deeds, versions=versions)


TAKEN = deed("take")
LATE = deed("take", 121)
SENT, PASSED = deed("submit", 5), deed("pass", 6, mine=False)
BACK = deed("send_back", 6, mine=False)
ASKED, REPLIED = deed("ask", 2, word="addr"), deed("reply", 4, mine=False)
TO_ROD = deed("return", 3, word="R1.ROD")
ROUTED = deed("route", 4, mine=False, word="ROD.justified")
ROADS = frozenset({"ROD", "IMP"})
FINAL = version(GOOD, AnswerState.PASSED)
POOR = version(SOON, AnswerState.RETURNED, photos=0)
NEWS = deed("news", 3)

CASES = [
    # lesson, facts, over, what is good, what could be better
    ("take", facts(), False, "", ""),
    ("take", facts(now=DUE + timedelta(minutes=1)), False, "", "in_time"),
    ("take", facts(TAKEN), True, "taken in_time", ""),
    ("take", facts(LATE), True, "taken", "in_time"),
    ("take", facts(deed("take", mine=False)), False, "", ""),
    ("take", facts(TAKEN, deed("give_up")), False, "", ""),
    ("ask", facts(TAKEN, ASKED), False, "taken asked", ""),
    ("ask", facts(TAKEN, ASKED, REPLIED), True, "taken asked waited no_guess", ""),
    ("ask", facts(TAKEN, ASKED, deed("unask")), False, "taken asked", "waited"),
    (
        "ask",
        facts(TAKEN, SENT, versions=(version(GOOD, AnswerState.REVIEW),)),
        True,
        "taken",
        "asked waited no_guess",
    ),
    ("answer", facts(TAKEN), False, "taken", ""),
    (
        "answer",
        facts(TAKEN, versions=(version(SOON, photos=0),)),
        False,
        "taken private plain",
        "",
    ),
    (
        "answer",
        facts(TAKEN, SENT, PASSED, versions=(FINAL,)),
        True,
        "taken facts date photo private plain passed",
        "",
    ),
    (
        "answer",
        facts(TAKEN, SENT, BACK, SENT, PASSED, versions=(POOR, FINAL)),
        True,
        "taken private plain",
        "facts date photo passed",
    ),
    (
        "answer",
        facts(TAKEN, versions=(version(PHONE),)),
        False,
        "taken facts date photo plain",
        "private",
    ),
    ("return", facts(TAKEN), False, "", ""),
    ("return", facts(TO_ROD, right=ROADS), False, "returned reason block spared", ""),
    ("return", facts(TO_ROD, ROUTED, right=ROADS), True, "returned reason block spared", ""),
    (
        "return",
        facts(ASKED, deed("return", word="R2.EDU"), ROUTED, right=ROADS),
        True,
        "returned",
        "reason block spared",
    ),
    (
        "return",
        facts(TAKEN, SENT, PASSED, versions=(FINAL,), right=ROADS),
        True,
        "",
        "returned reason block spared",
    ),
    ("emergency", facts(TAKEN), False, "accepted in_time", ""),
    (
        "emergency",
        facts(LATE, SENT, PASSED, versions=(FINAL,)),
        True,
        "accepted facts date private passed",
        "in_time",
    ),
    ("problem", facts(TAKEN, NEWS, followers=2), False, "taken news", ""),
    (
        "problem",
        facts(TAKEN, NEWS, SENT, PASSED, versions=(FINAL,), followers=2, answered=1),
        False,
        "taken news facts date private passed",
        "",
    ),
    (
        "problem",
        facts(TAKEN, SENT, PASSED, versions=(FINAL,), followers=2, answered=2),
        True,
        "taken facts date private passed everybody",
        "news",
    ),
]


@pytest.mark.parametrize(("lesson", "found", "over", "good", "better"), CASES)
def test_a_lesson_is_judged(lesson: str, found: Facts, over: bool, good: str, better: str) -> None:
    verdict = judge(Lesson(lesson), found)
    assert verdict.over is over
    assert " ".join(c.code for c in verdict.good) == good
    assert " ".join(c.code for c in verdict.better) == better


@pytest.mark.parametrize("lesson", list(Lesson))
def test_what_was_left_out_could_be_better_and_nothing_stays_open(lesson: Lesson) -> None:
    done = facts(SENT, PASSED, REPLIED, TAKEN, versions=(FINAL,))
    verdict = judge(lesson, done)
    assert verdict.over
    assert all(c.mark is not Mark.WAITING for c in verdict.checks)
    assert [c.code for c in verdict.checks] == list(CHECKS[lesson])


def test_the_checker_lets_pass_where_no_box_is_empty() -> None:
    assert FINAL.missing == ()
    assert POOR.missing == (1, 2, 5)
    assert version(
        "Слесарь заменил кран и проверил напор, вода идёт ровно, жители довольны работой."
    ).missing == (2,), "no day"


@pytest.mark.parametrize(
    ("deeds", "elsewhere"),
    [
        ((), False),
        ((TAKEN,), False),
        ((TAKEN, deed("give_up")), False),
        ((deed("take", mine=False),), True),
        ((TAKEN, deed("hand_over", word="to:9")), True),
        ((deed("take", mine=False), deed("give_up", mine=False), TAKEN), False),
    ],
)
def test_a_case_in_other_hands(deeds: tuple[Deed, ...], elsewhere: bool) -> None:
    found = facts(*deeds)
    assert found.elsewhere is elsewhere
    assert not (elsewhere and found.taking)


def test_a_recalled_version_is_not_held_against_its_author() -> None:
    recalled = version(SOON, AnswerState.RECALLED, photos=0)
    verdict = judge(Lesson.ANSWER, facts(TAKEN, SENT, PASSED, versions=(recalled, FINAL)))
    assert verdict.better == ()


def test_the_detectors_own_words_are_kept() -> None:
    verdict = judge(Lesson.ANSWER, facts(TAKEN, versions=(version(SOON, photos=0),)))
    by_code = {c.code: c for c in verdict.checks}
    assert [h.name for h in by_code["date"].hints] == ["vague_date"]
    assert [h.name for h in by_code["photo"].hints] == ["no_photo"]
