"""What the lead's card says of a whole problem, and its buttons (conversations.md §2.1)."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.rendered import Button, Rendered, Rows
from services.button_data import data
from services.model import Appeal, Problem, State
from services.policies import ClockKind

CALM = 15.0
"""Seconds between edits of a problem's card: the counter must not eat the chat's pace."""


def follows(appeal: Appeal) -> Rendered:
    """What is left of the card of a report that follows a problem."""
    return Rendered(
        _("👥 No. {number} is part of problem {id}", number=appeal.id, id=appeal.problem_id)
    )


async def lines(frame: Frame, problem: Problem) -> list[str]:
    """What the card of the lead says of the whole problem."""
    seen = await frame.uow.problems.summary(problem.id, frame.now)
    title = _("Problem {id}", id=problem.id)
    wrote = _("wrote: <b>{n}</b>", n=problem.authors)
    hour = " " + _("(+{n} in an hour)", n=seen.last_hour) if seen.last_hour else ""
    found = [f"👥 <b>{title}</b> · {wrote}{hour}"]
    if problem.cause:
        found.append(_("Cause: {cause}", cause=escape(problem.cause)))
    if len(seen.places) > 1:
        found.append(_("Where: {places}", places=escape("; ".join(seen.places))))
    return found


def rows(problem: Problem, lead: Appeal) -> Rows:
    """The buttons of a problem in the place of those of a single case."""

    def own(text: str, action: str) -> Button:
        return Button(text, data("p1", action, problem.id))

    tell = own(_("News to all"), "news")
    more = own(_("What else"), "more")
    history = Button(_("History"), data("s1", "hist", lead.id))
    if lead.state is State.ASSIGNED:
        first = Button(_("Take"), data("s1", "take", lead.id))
    elif lead.state is State.IN_PROGRESS:
        first = Button(_("Answer all"), data("s1", "ans", lead.id))
    else:
        rarer = (more,) if lead.state is State.WAITING_CITIZEN else ()
        return ((tell, own(_("Who wrote"), "list")), (*rarer, history))
    return (
        (first, tell),
        (own(_("Who wrote"), "list"), own(_("The cause"), "cause")),
        (more, history),
    )


async def due(frame: Frame, lead: Appeal) -> str:
    """By when everybody gets the answer; empty when nothing is promised any more."""
    clocks = await frame.uow.appeals.clocks_of(lead.id)
    ends = (ClockKind.ANSWER, ClockKind.FIX)
    clock = next((c for c in reversed(clocks) if c.kind in ends and c.stopped_at is None), None)
    if clock is None:
        return ""
    return _("We answer everybody by <b>{moment}</b>", moment=frame.moment(clock.due_at))
