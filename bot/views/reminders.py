"""What a clock says in the block's chat, and to the citizen when we are late (§1.9, §2.10)."""

from __future__ import annotations

from datetime import datetime, time

from bot.i18n import _, ngettext
from bot.views import moments
from bot.views.cards import under
from bot.views.frame import Frame
from bot.views.rendered import Button, Rendered, Rows
from bot.views.spans import duration
from services.button_data import data
from services.calendar import (
    DAY,
    is_working_day,
    local_day,
    working_day_on_or_after,
    working_minutes_between,
)
from services.clocks import DUE
from services.model import Appeal, Clock, State
from services.policies import ClockKind, Span, Unit, Urgency
from storage.outbox import OutboxRow

SILENT = frozenset({"half", "wd3", "cd10", "cd5"})
"""Steps that still leave time: no sound."""
_DAY_STARTS, _DAY_ENDS = time(8), time(21)
"""Outside of these a citizen hears nothing (§0.3)."""
_PROMISED = time(12)


async def reminder(frame: Frame, row: OutboxRow) -> Rendered | None:
    """A reply to the card. Dropped when the clock has stopped since."""
    assert row.appeal_id is not None
    clock = await frame.uow.need(Clock, row.ref["clock"])
    if clock.stopped_at is not None or clock.paused_at is not None:
        return None
    step, holder = row.ref["step"], row.ref.get("holder")
    calls = holder is not None and step not in SILENT
    words = {
        "name": f"{await frame.mention(holder, row.channel)}, " if calls else "",
        "number": _("No. {number}", number=row.appeal_id),
        "due": frame.short(clock.due_at),
    }
    if step == DUE:
        text = _ran_out(frame, clock, known=bool(row.ref.get("known")))
    else:
        text = _ahead(frame, clock, step)
    buttons: Rows = ()
    if calls and step != DUE:
        text, buttons = await _ways_out(frame, row.appeal_id, text)
    return Rendered(
        text.format(**words),
        buttons,
        reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"),
        silent=step in SILENT,
    )


async def _ways_out(frame: Frame, number: int, text: str) -> tuple[str, Rows]:
    """While there is time: a later day, or help (§2.10). An emergency is never postponed."""
    appeal = await frame.uow.need(Appeal, number)
    if appeal.state is not State.IN_PROGRESS:
        return text, ()
    help_ = Button(_("Need help"), data("s1", "help", number))
    if appeal.urgency is Urgency.EMERGENCY:
        return text, ((help_,),)
    text += " " + _("Not going to make it? Postpone now, while you can.")
    return text, ((Button(_("Postpone"), data("s1", "post", number)), help_),)


def _ran_out(frame: Frame, clock: Clock, *, known: bool) -> str:
    same = local_day(frame.town.calendar, clock.due_at) == local_day(frame.town.calendar, frame.now)
    if clock.kind is ClockKind.REACTION:
        text = _("⏰ {name}{number}: nobody took it by {due}.")
    elif same:
        hour = frame.hour(clock.due_at)
        text = _("⏰ {name}{number}: the time ran out at {hour}.").replace("{hour}", hour)
    else:
        text = _("⏰ {name}{number}: the time ran out {due}.")
    return text + (" " + _("The head of the department knows.") if known else "")


def _ahead(frame: Frame, clock: Clock, step: str) -> str:
    taking = clock.kind is ClockKind.REACTION
    by = _("Take it by {due}.") if taking else _("Answer by {due}.")
    head = _("{name}{number}: half of the time is left.") if step == "half" else ""
    return f"{head or '{name}{number}: ' + _left(frame, clock)} {by}"


def _left(frame: Frame, clock: Clock) -> str:
    """«осталось 2 рабочих дня.» as of now."""
    calendar, unit = frame.town.calendar, Span.parse(clock.span).unit
    if unit is Unit.WH:
        minutes = working_minutes_between(calendar, frame.now, clock.due_at)
        return _("{span} of working time left.", span=duration(minutes))
    if unit is Unit.CH:
        minutes = max(int((clock.due_at - frame.now).total_seconds()) // 60, 0)
        return _("{span} left.", span=duration(minutes))
    day, last = local_day(calendar, frame.now), local_day(calendar, clock.due_at)
    if day >= last:
        return _("today is the last day.")
    days = sum(is_working_day(calendar, day + n * DAY) for n in range((last - day).days + 1))
    return ngettext("{n} working day left.", "{n} working days left.", days)


async def own_delay(frame: Frame, row: OutboxRow) -> Rendered | None:
    """To the citizen, once: not in time, our fault, the next date."""
    clock = await frame.uow.need(Clock, row.ref["clock"])
    if clock.stopped_at is not None:
        return None
    zone = frame.town.calendar.zone
    local = frame.now.astimezone(zone)
    promised = moments.day_month(clock.due_at.astimezone(zone).date())
    again = working_day_on_or_after(frame.town.calendar, local.date() + DAY)
    lines = [
        _("⏰ No. {number}: we promised an answer by {date} and are late.").format(
            number=row.appeal_id, date=promised
        ),
        _("It is our fault."),
        _("The head already knows.") if row.ref["known"] else "",
        _(
            "We will write by <b>{moment}</b>.",
            moment=frame.moment(datetime.combine(again, _PROMISED, zone)),
        ),
    ]
    night = not _DAY_STARTS <= local.time() < _DAY_ENDS
    return Rendered(" ".join(filter(None, lines)), silent=night)
