"""A postponed case as its card shows it."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.day_pages import until_word
from bot.views.frame import Frame
from services import postponing_rules as rules
from services.model import Answer, Appeal
from services.policies import version_of
from services.wire import cut

WORDS = 200


async def promise_of(frame: Frame, appeal: Appeal) -> Answer | None:
    """The newest interim answer that the citizen has got."""
    return rules.promise_of(await frame.uow.appeals.answers_of(appeal.id))


def until(frame: Frame, answer: Answer) -> str:
    """The promised day: «чт 10.12»."""
    return until_word(answer.until, frame.town.calendar.zone) if answer.until else "—"


async def state(frame: Frame, appeal: Appeal, holder: str) -> str:
    """The card's first line: «до чт 10.12, {имя}»."""
    answer = await promise_of(frame, appeal)
    day = until(frame, answer) if answer is not None else "—"
    return _("until {day}, {name}", day=day, name=holder)


async def lines(frame: Frame, appeal: Appeal) -> list[str]:
    """«Обещали: …» and «перенос 1 из 2»."""
    answers = await frame.uow.appeals.answers_of(appeal.id)
    answer = rules.promise_of(answers)
    if answer is None:
        return []
    policy = version_of(frame.town.policies, appeal.policy, appeal.policy_version)
    return [
        _("Promised: {words}", words=escape(cut(answer.text, WORDS))),
        _("postponed {n} of {most}", n=rules.times(answers), most=rules.most(policy)),
    ]
