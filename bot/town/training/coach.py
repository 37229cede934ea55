"""What the coach's pane shows: the task, the checks, how it ended, the six with their results."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from bot.i18n import _, ngettext
from bot.town.training.play import Play, Stage
from bot.town.training.results import Result
from bot.town.training.tasks import moment, task
from bot.town.training.words import CHECKS, TITLES, progress
from bot.views import moments
from bot.views.drafts import hint_words
from services.training import Check, Lesson, Mark


@dataclass(frozen=True, slots=True)
class Line:
    """One check as it is shown."""

    words: str
    mark: Mark
    remarks: tuple[Markup, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One of the six."""

    lesson: Lesson
    number: int
    title: str
    result: str
    remarks: tuple[str, ...]
    remarked: str
    """How many, in words."""
    full: bool
    current: bool


class Coach:
    """What the coach's pane shows of a lesson."""

    def __init__(self, play: Play | None, results: Mapping[Lesson, Result]) -> None:
        self._play, self._results = play, results

    @property
    def lesson(self) -> Lesson | None:
        """The lesson that is open."""
        return self._play.lesson if self._play else None

    @property
    def heading(self) -> str:
        """«2 of 6. Ask the citizen»."""
        if self.lesson is None:
            return _("Welcome")
        number = list(Lesson).index(self.lesson) + 1
        return _(
            "{number} of {total}. {title}",
            number=number,
            total=len(Lesson),
            title=TITLES[self.lesson](),
        )

    @property
    def stage(self) -> str:
        """Where the lesson is; «door» before the first."""
        return str(self._play.stage) if self._play else "door"

    @property
    def trouble(self) -> str:
        """What could not be kept."""
        over = self._play is not None and self._play.stage is Stage.OVER
        return self._play.trouble if self._play and over else ""

    @property
    def task(self) -> list[str]:
        """The task in one or two sentences."""
        if self._play is None or self._play.stage is not Stage.GOING:
            return []
        # A number never stands alone at the beginning of a line.
        return [_together(sentence) for sentence in task(self._play)]

    @property
    def stuck(self) -> bool:
        """The case is in other hands: it can only be begun anew."""
        facts = self._play.facts if self._play else None
        return self.stage == Stage.GOING and facts is not None and facts.elsewhere

    @property
    def summary(self) -> str:
        """How it ended, in a line."""
        verdict = self._play.verdict if self._play else None
        if verdict is None or not verdict.over:
            return ""
        if not verdict.better:
            return _("Everything went well.")
        return _("Went well: {good} of {total}.", good=len(verdict.good), total=len(verdict.checks))

    @property
    def lines(self) -> list[Line]:
        """Every check, in the order of the work."""
        verdict = self._play.verdict if self._play else None
        return [self._line(check) for check in verdict.checks] if verdict else []

    def _line(self, check: Check) -> Line:
        to_do, good, better = CHECKS[check.code]
        words = {Mark.WAITING: to_do, Mark.GOOD: good, Mark.BETTER: better}[check.mark]()
        due = self._play.facts.react_by if self._play and self._play.facts else None
        if check.code == "in_time" and check.mark is Mark.WAITING and due is not None:
            words = _("Be in time: until {moment}", moment=self._moment(due))
        # The detectors' words are escaped where they are made.
        return Line(words, check.mark, tuple(Markup(hint_words(h)) for h in check.hints))

    def _moment(self, at: datetime) -> str:
        return moment(self._play, at) if self._play else ""

    @property
    def following(self) -> Lesson | None:
        """What «Next» begins: the first one that is not done yet, after this one where possible."""
        order = list(Lesson)
        start = order.index(self.lesson) + 1 if self.lesson else 0
        left = [x for x in (*order[start:], *order[:start]) if x not in self._results]
        return left[0] if left else None

    @property
    def done(self) -> int:
        """How many have a result."""
        return len(self._results)

    @property
    def progress(self) -> str:
        """«Done: 2 of 6»."""
        return _("Done: {progress}", progress=progress(self._results))

    @property
    def rows(self) -> list[Row]:
        """The six, with results."""
        return [
            self._row(number, lesson, self._results.get(lesson))
            for number, lesson in enumerate(Lesson, 1)
        ]

    def _row(self, number: int, lesson: Lesson, result: Result | None) -> Row:
        remarks = result.remarks if result else ()
        known = [CHECKS[code][2]() for code in remarks if code in CHECKS]
        return Row(
            lesson=lesson,
            number=number,
            title=TITLES[lesson](),
            result=_in_words(result),
            remarks=tuple(known),
            remarked=ngettext("{n} remark", "{n} remarks", len(known)),
            full=result is not None and result.full,
            current=lesson is self.lesson,
        )


def _together(sentence: str) -> str:
    return sentence.replace("№ ", "№\u00a0").replace("No. ", "No.\u00a0")


def _in_words(result: Result | None) -> str:
    """«5 of 7, 24.11»."""
    if result is None:
        return _("not done yet")
    day = moments.digits(result.on)
    return _("{good} of {total}, {day}", good=result.good, total=result.total, day=day)
