"""A mass problem under the lead's card, in the triage chat, and in its authors' chats.

conversations.md §1.7 and §2.1.
"""

from __future__ import annotations

from html import escape

from bot.i18n import _, ngettext
from bot.views import same_here
from bot.views.cards import under
from bot.views.frame import Frame, quote
from bot.views.rendered import Button, Rendered, Rows
from services.button_data import data
from services.model import Appeal, Problem, ProblemState, State
from storage.outbox import OutboxRow

LISTED = 20
"""Reports in «Кто написал»."""


async def joined(frame: Frame, row: OutboxRow) -> Rendered | None:
    """To who reported the same before it was one problem; to everybody, what he chose."""
    appeal, problem = await _pair(frame, row)
    step = row.ref["step"]
    number = appeal.id
    if step == "other":
        return Rendered(
            _("Understood, it is another matter: No. {number} goes its own way.", number=number)
        )
    if step == "quiet":
        return Rendered(
            _("All right. About No. {number} we write only when it is over.", number=number)
        )
    if appeal.state is not State.MERGED:
        return None
    if step == "join":
        text = _(
            "👥 Noted, there are {n} of you now. Your number is {number}, news come here.",
            n=problem.authors,
            number=number,
        )
        quiet = Button(_("Only the outcome"), data("p1", "quiet", problem.id, number))
        return Rendered(text, ((quiet,),))
    if step == "due" and not await _still_asks(frame, appeal):
        return None
    if await same_here.asked_with_receipt(frame, appeal):
        return None
    asked, buttons = await same_here.question(frame, appeal, problem)
    return Rendered("\n".join(asked), (buttons,), data=same_here.ASKED)


async def _still_asks(frame: Frame, appeal: Appeal) -> bool:
    """The question stands in a message of its own, and nobody has answered it."""
    posted = await frame.uow.screens.anchored(f"problem_joined:{appeal.id}")
    return posted is not None and posted.data.get("asks") == same_here.ASKED["asks"]


async def _pair(frame: Frame, row: OutboxRow) -> tuple[Appeal, Problem]:
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    return appeal, await frame.uow.need(Problem, row.ref["problem"])


async def news(_frame: Frame, row: OutboxRow) -> Rendered:
    """A line or two of news, silent."""
    text = _("👥 No. {number}: {text}", number=row.appeal_id, text=escape(row.ref["text"]))
    return Rendered(text, silent=True)


async def told(frame: Frame, row: OutboxRow) -> Rendered:
    """Under the card: how many were told."""
    text = ngettext("The news went to {n} person.", "The news went to {n} people.", row.ref["told"])
    above = await under(frame, f"card:{row.appeal_id}:{row.chat_id}")
    return Rendered(text, reply_to=above, silent=True)


async def grows(frame: Frame, row: OutboxRow) -> Rendered:
    """A threshold was reached: it sounds."""
    problem = await frame.uow.need(Problem, row.ref["problem"])
    seen = await frame.uow.problems.summary(problem.id, frame.now)
    text = _(
        "👥 {id}: {n} people already, +{hour} in an hour",
        id=problem.id,
        n=row.ref["authors"],
        hour=seen.last_hour,
    )
    return Rendered(text, reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"))


async def proposed(frame: Frame, row: OutboxRow) -> Rendered:
    """To the duty officer: is it one problem?"""
    lead, problem = await _pair(frame, row)
    what = ", ".join(filter(None, (frame.essence(lead), escape(problem.place))))
    id_ = problem.id
    if problem.state is ProblemState.PROPOSED:
        # Of any of them staff may have said since that it is about something else.
        what = ", ".join(filter(None, (escape(frame.topic(problem.topic)), escape(problem.place))))
        text = _asked(problem, _where_together(what, problem), row.ref.get("answered", 0))
        buttons: Rows = (
            (
                Button(_("Join them"), data("p1", "yes", id_)),
                Button(_("Different"), data("p1", "no", id_)),
            ),
            (Button(_("Show the list"), data("p1", "list", id_)),),
        )
        return Rendered(text, buttons)
    if problem.state is ProblemState.REFUSED:
        who = await frame.name(problem.opened_by) if problem.opened_by else ""
        return Rendered(_("👥 {what}: different matters.", what=what) + (f" {who}" if who else ""))
    text = _("👥 Problem {id}: {what}, people: {n}.", id=id_, what=what, n=problem.authors)
    if problem.opened_by is None and problem.state is ProblemState.OPEN:
        text += " " + _("It is critical, so it was joined by itself.")
        return Rendered(text, ((Button(_("Take it apart"), data("p1", "no", id_)),),))
    return Rendered(text)


def _where_together(what: str, problem: Problem) -> str:
    return what if problem.place else _("{what}, close together on the map", what=what)


def _asked(problem: Problem, what: str, answered: int) -> str:
    if not problem.week:
        return ngettext(
            "👥 It looks like one problem: {n} message, {what}, within a day.",
            "👥 It looks like one problem: {n} messages, {what}, within a day.",
            problem.authors,
            what=what,
        )
    text = ngettext(
        "👥 It looks like one problem: {n} message, {what}, within a week.",
        "👥 It looks like one problem: {n} messages, {what}, within a week.",
        problem.week,
        what=what,
    )
    return f"{text} {_('Answered of them: {n}.', n=answered)}" if answered else text


async def by_hand(frame: Frame, row: OutboxRow) -> Rendered:
    """Two authors: the duty officer is asked whether it is one problem; then what became of it."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    lead = row.ref["lead"]
    if appeal.state is State.MERGED:
        text = _("👥 No. {number} is part of problem {id}")
        return Rendered(text.format(number=appeal.id, id=appeal.problem_id))
    text = _("No. {number} is another citizen's: that is for a mass problem.", number=lead)
    join = Button(_("Join them"), data("p1", "hand", lead, appeal.id))
    return Rendered(text, ((join,),), reply_to=await under(frame, f"triage:{appeal.id}"))


async def listed(frame: Frame, row: OutboxRow, lead: Appeal) -> Rendered:
    """«Кто написал»: numbers, times, places and words; never a name."""
    proposed = row.ref.get("reports", [])[: LISTED + 1]
    if proposed:
        members = [await frame.uow.need(Appeal, number) for number in proposed]
    elif lead.problem_id:
        members = await frame.uow.problems.members(lead.problem_id, merged=False, limit=LISTED + 1)
    else:
        members = [lead]
    found = [_("<b>Who wrote</b>")]
    for appeal in members[:LISTED]:
        place = escape(appeal.place or "—")
        done = " · ✅" if appeal.answered_at is not None else ""
        found.append(f"{appeal.id} · {frame.stamp(appeal.received_at)} · {place}{done}")
    if len(members) > LISTED:
        found.append(_("and more"))
    found.append(quote(lead.text, folded=True, limit=600))
    return Rendered("\n".join(found))
