"""/my: the citizen's list and one case with its history; /language (conversations.md §1.13, 1.16).

One message is turned from page to page.
"""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.citizen import title
from bot.views.frame import MARKS, Frame
from bot.views.paging import turns
from bot.views.rendered import Button, Rendered, Rows, shortened
from services.button_data import data
from services.lifecycle import OPEN, Action
from services.mine import PAGE, can_restore
from services.model import Appeal, ClockState, Event, State
from services.policies import ClockKind
from services.reopenings import may_return
from storage.outbox import OutboxRow

ROW = 34
"""Characters of a button alone in its row."""


async def my_list(frame: Frame, row: OutboxRow) -> Rendered:
    """Five appeals a page, newest first."""
    assert row.person_id is not None
    every = await frame.uow.appeals.numbers_of(row.person_id)
    if not every:
        return Rendered(_("You have sent nothing yet. Write what happened."))
    pages = (len(every) + PAGE - 1) // PAGE
    page = min(row.ref["page"], pages)
    first = (page - 1) * PAGE
    shown = [await frame.uow.need(Appeal, n) for n in every[first : first + PAGE]]
    head = _("<b>Your messages</b>")
    if pages > 1:
        last = first + len(shown)
        head += " · " + _("{first}–{last} of {n}", first=first + 1, last=last, n=len(every))
    rows: list[tuple[Button, ...]] = [(_open_case(frame, appeal),) for appeal in shown]
    if turn := turns(page, pages, lambda to: data("c1", "page", 0, to)):
        rows.append(turn)
    return Rendered(head, tuple(rows))


def _open_case(frame: Frame, appeal: Appeal) -> Button:
    mark = MARKS[State.IN_PROGRESS if appeal.state is State.REVIEW else appeal.state]
    text = f"{mark} {appeal.id} · {frame.plain_essence(appeal)}"
    return Button(shortened(text, ROW), data("c1", "case", appeal.id))


async def my_case(frame: Frame, row: OutboxRow) -> Rendered:
    """One case: where it stands, what happened, what can be done."""
    appeal = await frame.uow.need(Appeal, row.ref["number"])
    if row.ref["ask"] and appeal.state in OPEN:
        text = _("Take back No. {number}? We stop working on it.", number=appeal.id)
        yes = Button(_("Take it back"), data("c1", "wdyes", appeal.id))
        return Rendered(text, ((yes, Button(_("Keep it"), data("c1", "case", appeal.id))),))
    lines = [f"{title(appeal)} · {frame.essence(appeal)}"]
    place = escape(appeal.place) if appeal.place else _("we don't know the place yet")
    due = await _due(frame, appeal)
    lines.append(f"{place} · {due}" if due else place)
    if can_restore(appeal, frame.now):
        lines.append(_("Closed at your request. It can be put back for a week."))
    events = await frame.uow.appeals.events_of(appeal.id)
    history = [line for event in events if (line := _happened(frame, appeal, event))]
    text = "\n".join([*lines, "", *history])
    return Rendered(text, _case_buttons(frame, appeal))


async def _due(frame: Frame, appeal: Appeal) -> str:
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    ends = (ClockKind.ANSWER, ClockKind.FIX)
    clock = next((c for c in reversed(clocks) if c.kind in ends), None)
    if clock is None or clock.stopped_at is not None:
        return ""
    if clock.state is ClockState.PAUSED:
        return _("the clock waits for you")
    return _("answer by {moment}", moment=frame.moment(clock.due_at))


def _happened(frame: Frame, appeal: Appeal, event: Event) -> str:
    """One line of the history, or nothing for what is no business of the citizen's."""
    words = {
        Action.REGISTER: _("received"),
        Action.TAKE: _("taken: {block}", block=escape(frame.block(appeal.block))),
        Action.ASK: _("asked you"),
        Action.REPLY: _("you answered"),
        "add": _("you added"),
        Action.PASS: _("answered"),
        Action.ANSWER_UNCHECKED: _("answered"),
        Action.POSTPONE: _("put off to a date"),
        Action.REOPEN: _("you returned it"),
        Action.DISPUTE: _("a decision was asked for"),
        Action.RATE: _("you rated it"),
        Action.SILENCE: _("closed without a rating"),
        Action.WITHDRAW: _("closed at your request"),
        Action.RESTORE: _("put back to work"),
        Action.FORWARD: _("passed on to those in charge"),
        Action.MERGE: _("joined to a larger problem"),
    }
    word = words.get(event.action)
    return f"{frame.stamp(event.at)} {word}" if word else ""


def _case_buttons(frame: Frame, appeal: Appeal) -> Rows:
    why = Button(_("Why this date"), data("c1", "why", appeal.id))
    back = Button(_("To the list"), data("c1", "page", 0, 1))
    if appeal.erased:
        return ((back,),)
    if appeal.state in OPEN - {State.ANSWERED}:
        more = Button(_("Add more"), data("c1", "add", appeal.id))
        return ((more, why), (Button(_("Take it back"), data("c1", "wd", appeal.id)), back))
    if can_restore(appeal, frame.now):
        return ((Button(_("Put it back to work"), data("c1", "restore", appeal.id)),), (back,))
    if may_return(appeal, frame.now):
        return ((Button(_("Back to work"), data("c1", "reopen", appeal.id)),), (why, back))
    return ((why, back),)


async def language(_frame: Frame, row: OutboxRow) -> Rendered:
    """The choice, or the language that was chosen."""
    if row.ref.get("chosen"):
        return Rendered(_("We write in English."))
    buttons = (
        Button("Русский", data("c1", "lang", 0, "ru")),
        Button("English", data("c1", "lang", 0, "en")),
    )
    return Rendered("Язык · Language", (buttons,))
