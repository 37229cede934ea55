"""A missed deadline to those above the holder; many late words as one (conversations.md §2.10)."""

from __future__ import annotations

from datetime import datetime
from itertools import chain

from bot.i18n import _
from bot.views import assigning, moments
from bot.views.frame import Frame
from bot.views.plain import TEXTS
from bot.views.rendered import Button, Rendered
from services import clocks
from services.button_data import data
from services.calendar import local_day
from services.model import Appeal, Clock
from services.policies import ClockKind
from storage.outbox import OutboxRow


def rung_word(code: str) -> str:
    """Who learns next, in the nominative."""
    return {
        "department": _("the head of the department"),
        "deputy": _("the deputy head"),
        "mcu": _("the head of the centre"),
        "coordinator": _("the coordinator"),
        "head": _("the head of the municipality"),
    }[code]


async def overdue(frame: Frame, row: OutboxRow) -> Rendered | None:
    """In private: what is late, who holds it, who learns next."""
    assert row.appeal_id is not None
    clock = await frame.uow.need(Clock, row.ref["clock"])
    if clock.stopped_at is not None:
        return None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    text = _overdue(frame, appeal, clock).format(
        number=appeal.id,
        what=frame.essence(appeal),
        holder=await holder(frame, appeal),
    )
    if row.ref["next"] is not None:
        code, at = row.ref["next"]
        text += " " + _(
            "Next to learn is {who}, {when}.",
            who=rung_word(code),
            when=_when(frame, clocks.moment(at)),
        )
    assign = await assigning.button(frame, appeal, row.person_id)
    card = Button(_("Card"), data("d1", "open", appeal.id))
    return Rendered(text, ((*chain.from_iterable(assign), card),))


def _overdue(frame: Frame, appeal: Appeal, clock: Clock) -> str:
    if clock.kind is ClockKind.REACTION and appeal.holder_id is None:
        due = frame.short(clock.due_at)
        return _("⏰ Overdue: No. {number}, {what}, nobody took it by {due}.").replace("{due}", due)
    return _("⏰ Overdue: No. {number}, {what}, {holder}.")


async def holder(frame: Frame, appeal: Appeal) -> str:
    """«держит Иван», «никто не взял»."""
    if appeal.holder_id is None:
        return _("nobody has taken it")
    return _("held by {name}", name=await frame.name(appeal.holder_id))


def _when(frame: Frame, at: datetime) -> str:
    """«в 15:00» today, «пн 7.12» on another day."""
    calendar = frame.town.calendar
    day = local_day(calendar, at)
    if day == local_day(calendar, frame.now):
        return _("at {hour}", hour=frame.hour(at))
    return moments.weekday_digits(day)


async def reason_asked(frame: Frame, row: OutboxRow) -> Rendered:
    """Why? His next message answers, unless he thinks better of it."""
    assert row.appeal_id is not None
    text = TEXTS[row.ref["text"]](frame).format(number=row.appeal_id)
    return Rendered(text, ((Button(_("Cancel"), data("d1", "noask", row.appeal_id)),),))


async def outage(frame: Frame, row: OutboxRow) -> Rendered:
    """«Пока бот молчал (02:10–06:40), подошли сроки: 3 просрочено, 5 сегодня.»"""
    since, until = (datetime.fromisoformat(row.ref[name]) for name in ("since", "until"))
    calendar = frame.town.calendar
    same = local_day(calendar, since) == local_day(calendar, until)
    words = (
        _("{n} overdue", n=row.ref["overdue"]) if row.ref["overdue"] else "",
        _("{n} today", n=row.ref["today"]) if row.ref["today"] else "",
        _("{n} later", n=row.ref["later"]) if row.ref["later"] else "",
    )
    text = _(
        "While the bot was silent ({since}–{until}), deadlines came up: {what}.",
        since=frame.hour(since) if same else frame.short(since),
        until=frame.hour(until) if same else frame.short(until),
        what=", ".join(filter(None, words)),
    )
    press = data("d1", "due", 0) if row.ref.get("private") else data("s1", "due", 0, 0)
    return Rendered(text, ((Button(_("List"), press),),))
