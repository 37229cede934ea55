"""Practice for staff (decree, item 4): what was done well in a lesson, and what could be better.

Pure: the judge looks at events with their times and actors, at the running clock, and at answers
through the detectors that work in production. Nothing here counts in a score.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from services import checklist, hints
from services.hints import Hint
from services.lifecycle import Action
from services.model import Answer, AnswerState

NEWS = "news"
"""The event of «Новости всем»."""
NOT_OUR_QUESTION = "R1"
_HANDS = (Action.TAKE, Action.GIVE_UP, Action.HAND_OVER)
_SENT = (AnswerState.REVIEW, AnswerState.PASSED, AnswerState.RETURNED)
"""A version that its author recalled before it was checked is not held against him."""


class Lesson(StrEnum):
    """The six cases, in their order."""

    TAKE = "take"
    ASK = "ask"
    ANSWER = "answer"
    RETURN = "return"
    EMERGENCY = "emergency"
    PROBLEM = "problem"


class Mark(StrEnum):
    """How one thing of a lesson stands."""

    WAITING = "waiting"
    GOOD = "good"
    BETTER = "better"


@dataclass(frozen=True, slots=True)
class Deed:
    """One event of the case: what, by the learner or not, when, and the word of its code."""

    action: str
    mine: bool
    at: datetime
    word: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of the answer as the detectors see it."""

    sent: bool
    dated: bool
    hints: tuple[Hint, ...] = ()

    @property
    def missing(self) -> tuple[int, ...]:
        """The checker's boxes that stay empty (services/checklist)."""
        codes = {hint.code for hint in self.hints}
        if not self.dated:
            codes.add("E02")
        return tuple(box for box, faults in checklist.BOXES.items() if codes & set(faults))


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a lesson is judged by."""

    now: datetime
    deeds: tuple[Deed, ...] = ()
    versions: tuple[Version, ...] = ()
    """Oldest first."""
    react_by: datetime | None = None
    right: frozenset[str] = frozenset()
    """Blocks whose case it really is."""
    followers: int = 0
    """Reports that follow the one worked on."""
    answered: int = 0
    """How many of them have been answered."""

    def last(self, *actions: str) -> Deed | None:
        """The newest of these deeds."""
        return next((d for d in reversed(self.deeds) if d.action in actions), None)

    @property
    def taking(self) -> Deed | None:
        """The learner's taking, unless the case has left his hands again."""
        last = self.last(*_HANDS)
        return last if last is not None and last.mine and last.action == Action.TAKE else None

    @property
    def elsewhere(self) -> bool:
        """Somebody else holds the case: the learner can't go on with it."""
        last = self.last(*_HANDS)
        if last is None or last.action == Action.GIVE_UP:
            return False
        return last.action == Action.HAND_OVER or not last.mine

    @property
    def sent(self) -> Version | None:
        """The first version that went to the checker."""
        return next((v for v in self.versions if v.sent), None)

    @property
    def in_review(self) -> bool:
        """An answer waits for the checker."""
        last = self.last(
            Action.SUBMIT, Action.SEND_BACK, Action.PASS, Action.PASS_INTERIM, Action.RECALL
        )
        return last is not None and last.action == Action.SUBMIT

    @property
    def waits_for_citizen(self) -> bool:
        """A question of the learner is open."""
        last = self.last(Action.ASK, Action.REPLY, Action.UNASK)
        return last is not None and last.action == Action.ASK and last.mine

    @property
    def passed(self) -> bool:
        """The answer went to the citizen."""
        return self.last(Action.PASS) is not None


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that a lesson is about. `code` names its words."""

    code: str
    mark: Mark
    hints: tuple[Hint, ...] = ()
    """The detectors' own remarks."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a lesson stands, or ended."""

    checks: tuple[Check, ...]
    over: bool

    @property
    def good(self) -> tuple[Check, ...]:
        """What was done well."""
        return tuple(c for c in self.checks if c.mark is Mark.GOOD)

    @property
    def better(self) -> tuple[Check, ...]:
        """What could be better."""
        return tuple(c for c in self.checks if c.mark is Mark.BETTER)


def version_of(answer: Answer, *, evidence: bool, zone: ZoneInfo) -> Version | None:
    """An answer as production's detectors see it; None for an interim one."""
    if answer.until is not None:
        return None
    written = answer.submitted_at or answer.created_at
    text = "\n".join(part for part in (answer.text, answer.advice) if part)
    found = hints.hints(
        text,
        outcome=answer.outcome,
        photos=answer.photos,
        evidence=evidence,
        today=written.astimezone(zone).date(),
    )
    return Version(answer.state in _SENT, hints.names_day(text), found)


def judge(lesson: Lesson, facts: Facts) -> Verdict:
    """What is done of a lesson; once it is over, what was left out could be better."""
    over = _OVER[lesson](facts)
    checks = [_check(code, facts) for code in CHECKS[lesson]]
    if over:
        checks = [replace(c, mark=Mark.BETTER) if c.mark is Mark.WAITING else c for c in checks]
    return Verdict(tuple(checks), over)


CHECKS: dict[Lesson, tuple[str, ...]] = {
    Lesson.TAKE: ("taken", "in_time"),
    Lesson.ASK: ("taken", "asked", "waited", "no_guess"),
    Lesson.ANSWER: ("taken", "facts", "date", "photo", "private", "plain", "passed"),
    Lesson.RETURN: ("returned", "reason", "block", "spared"),
    Lesson.EMERGENCY: ("accepted", "in_time", "facts", "date", "private", "passed"),
    Lesson.PROBLEM: ("taken", "news", "facts", "date", "private", "passed", "everybody"),
}
"""What each lesson looks at, in the order of the work."""

_OVER: dict[Lesson, Callable[[Facts], bool]] = {
    Lesson.TAKE: lambda f: f.taking is not None,
    Lesson.ASK: lambda f: f.last(Action.REPLY) is not None or f.sent is not None,
    Lesson.ANSWER: lambda f: f.passed,
    Lesson.RETURN: lambda f: f.passed or _judged(f),
    Lesson.EMERGENCY: lambda f: f.passed,
    Lesson.PROBLEM: lambda f: f.passed and f.answered >= f.followers,
}

_FAULTS = {"facts": "E01", "date": "E02", "photo": "E06", "plain": "E07"}
"""Which error of domain.md §4 each check of an answer looks for."""


def _judged(facts: Facts) -> bool:
    last = facts.last(Action.RETURN, Action.ROUTE)
    returned = facts.last(Action.RETURN)
    return returned is not None and last is not returned


def _check(code: str, facts: Facts) -> Check:
    if code in _FAULTS:
        return _of_answer(code, _FAULTS[code], facts)
    if code == "private":
        return _private(facts)
    return Check(code, _MARKS[code](facts))


def _of_answer(code: str, fault: str, facts: Facts) -> Check:
    """The first version that was sent; until then the draft, which can still be mended."""
    version = facts.sent or (facts.versions[-1] if facts.versions else None)
    if version is None:
        return Check(code, Mark.WAITING)
    found = tuple(h for h in version.hints if h.code == fault)
    if not found and (version.dated or code != "date"):
        return Check(code, Mark.GOOD)
    return Check(code, Mark.BETTER if version.sent else Mark.WAITING, found)


def _private(facts: Facts) -> Check:
    shown = tuple(h for v in facts.versions for h in v.hints if h.blocks)
    if shown:
        return Check("private", Mark.BETTER, shown[:1])
    return Check("private", Mark.GOOD if facts.versions else Mark.WAITING)


def _mark(good: object, bad: object = None) -> Mark:
    if bad:
        return Mark.BETTER
    return Mark.GOOD if good else Mark.WAITING


def _in_time(facts: Facts) -> Mark:
    taken, due = facts.taking, facts.react_by
    if taken is None or due is None:
        return _mark(None, due is not None and facts.now > due)
    return _mark(taken.at <= due, taken.at > due)


def _returned(facts: Facts) -> Deed | None:
    found = facts.last(Action.RETURN)
    return found if found is not None and found.mine else None


def _told(facts: Facts, part: int, right: frozenset[str]) -> Mark:
    """A part of a return's code, «reason.block»."""
    found = _returned(facts)
    if found is None:
        return Mark.WAITING
    return Mark.GOOD if found.word.split(".")[part] in right else Mark.BETTER


def _sent_back(facts: Facts) -> Deed | None:
    return facts.last(Action.SEND_BACK)


_MARKS: dict[str, Callable[[Facts], Mark]] = {
    "taken": lambda f: _mark(f.taking),
    "accepted": lambda f: _mark(f.taking),
    "in_time": _in_time,
    "asked": lambda f: _mark(any(d.mine for d in f.deeds if d.action == Action.ASK)),
    "waited": lambda f: _mark(f.last(Action.REPLY), f.last(Action.UNASK)),
    "no_guess": lambda f: _mark(f.last(Action.REPLY), f.sent),
    "passed": lambda f: _mark(f.passed, _sent_back(f)),
    "returned": lambda f: _mark(_returned(f)),
    "reason": lambda f: _told(f, 0, frozenset({NOT_OUR_QUESTION})),
    "block": lambda f: _told(f, -1, f.right),
    "spared": lambda f: _mark(_returned(f), f.sent or f.last(Action.ASK)),
    "news": lambda f: _mark(any(d.mine for d in f.deeds if d.action == NEWS)),
    "everybody": lambda f: _mark(f.followers and f.answered >= f.followers),
}
