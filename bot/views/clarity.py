"""What is said when it is not ours, not a report, disputed or not clear (§1.11, §1.12)."""

from __future__ import annotations

from datetime import date, datetime
from html import escape

from bot.i18n import _
from bot.views import moments
from bot.views.answers import said_word
from bot.views.frame import Frame, quote
from bot.views.rendered import Button, Rendered, Rows
from services.button_data import data
from services.clarity import CLEAR, UNCLEAR
from services.model import Appeal, Clock, Outcome
from services.policies import ClockKind
from services.reopenings import REJECTION, THIRD
from storage.outbox import OutboxRow


def _asked(row: OutboxRow, text: str) -> Rendered:
    """The text with «Понятно / Не понятно», or with what was answered."""
    assert row.appeal_id is not None
    said = row.ref.get("said")
    if said is not None:
        return Rendered(f"{text}\n\n{said_word(said)}", data=row.ref)
    buttons: Rows = (
        (
            Button(_("Clear"), data("c1", "clear", row.appeal_id, 0, CLEAR)),
            Button(_("Not clear"), data("c1", "clear", row.appeal_id, 0, UNCLEAR)),
        ),
    )
    return Rendered(text, buttons, data=row.ref)


async def forwarded(frame: Frame, row: OutboxRow) -> Rendered:
    """Whose it is, when we passed it on, when the answer is awaited."""
    at = datetime.fromisoformat(row.ref["sent"]).astimezone(frame.town.calendar.zone).date()
    text = _(
        "▫️ No. {number}: this is the business of another service: {service}. We passed your "
        "message on ourselves on {day}. We expect the answer by {until} and will send it to you.",
        number=row.appeal_id,
        service=frame.service(row.ref["service"]),
        day=moments.day_month(at),
        until=moments.day_month(date.fromisoformat(row.ref["until"])),
    )
    return _asked(row, text)


async def terminated(_frame: Frame, row: OutboxRow) -> Rendered:
    """Ended above the department, and why."""
    text = _(
        "▫️ <b>No. {number}: work on it is ended</b>\n{reason}\nThe head of the centre decided so.",
        number=row.appeal_id,
        reason=quote(row.ref["reason"]),
    )
    asked = "" if row.ref.get("said") else "\n\n" + _("Is it clear why?")
    return _asked(row, text + asked)


async def rejected(_frame: Frame, row: OutboxRow) -> Rendered:
    """Closed by a person, who may have been wrong."""
    assert row.appeal_id is not None
    text = _(
        "▫️ No. {number} is closed: we did not see what is to be done. If we are wrong, say so.",
        number=row.appeal_id,
    )
    if row.ref.get("said") is not None:
        return Rendered(text, data=row.ref)
    button = Button(_("You are wrong"), data("c1", "disp", row.appeal_id, 0))
    return Rendered(text, ((button,),), data=row.ref)


async def unclear_asked(frame: Frame, row: OutboxRow) -> Rendered:
    """«Что осталось неясно?» with the date of the explanation where there is one."""
    due = row.ref.get("due")
    if due is None:
        return Rendered(_("What is not clear? Write it, and we will explain it more simply."))
    return Rendered(
        _(
            "What is not clear? Write it, we will explain it more simply by <b>{moment}</b>.",
            moment=frame.moment(datetime.fromisoformat(due)),
        )
    )


async def unclear_passed(_frame: Frame, _row: OutboxRow) -> Rendered:
    """The duty officer has the question."""
    return Rendered(_("Passed on. The duty officer will explain it here."), silent=True)


async def explained(_frame: Frame, row: OutboxRow) -> Rendered:
    """The duty officer's words."""
    head = _("💬 <b>About No. {number}</b>", number=row.appeal_id)
    return _asked(row, f"{head}\n{quote(row.ref['text'])}")


async def disputed(frame: Frame, row: OutboxRow) -> Rendered:
    """Decided above the department, by a date."""
    day = _day(frame, row.ref["due"])
    if row.ref["why"] == REJECTION:
        return Rendered(
            _(
                "⚖️ No. {number}: we will look at it again. Now the head of the centre decides. "
                "The decision comes by <b>{day}</b>.",
                number=row.appeal_id,
                day=day,
            )
        )
    if row.ref["why"] == THIRD:
        head = _("No. {number} is returned for the third time.", number=row.appeal_id)
    else:
        head = _("No. {number}: your objection is accepted.", number=row.appeal_id)
    text = _(
        "⚖️ {head} Now the head of the centre decides, not the department that answered. "
        "The decision comes by <b>{day}</b>.",
        head=head,
        day=day,
    )
    return Rendered(text)


def _day(frame: Frame, due: str) -> str:
    return moments.day(datetime.fromisoformat(due).astimezone(frame.town.calendar.zone).date())


async def decided(frame: Frame, row: OutboxRow) -> Rendered:
    """What the head of МЦУ decided, and why."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    reason = escape(row.ref["reason"].rstrip("."))
    if not row.ref["back"]:
        return _asked(row, _kept(appeal, reason))
    clock = await _answer_clock(frame, appeal)
    text = _(
        "⚖️ No. {number}: we looked into it. Back to work, by <b>{moment}</b>: {reason}.",
        number=appeal.id,
        moment=frame.moment(clock.due_at),
        reason=reason,
    )
    return _asked(row, text)


def _kept(appeal: Appeal, reason: str) -> str:
    if appeal.outcome is Outcome.REJECTED:
        text = _("⚖️ No. {number}: we looked into it. The decision stands: {reason}.")
    else:
        text = _("⚖️ No. {number}: we looked into it. The department's answer stands: {reason}.")
    return text.format(number=appeal.id, reason=reason)


async def _answer_clock(frame: Frame, appeal: Appeal) -> Clock:
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    kinds = (ClockKind.ANSWER, ClockKind.FIX)
    return next(c for c in reversed(clocks) if c.kind in kinds)


async def unclear(_frame: Frame, row: OutboxRow) -> Rendered:
    """To the duty chat: the citizen's question; a reply goes to him."""
    text = _(
        "💬 No. {number}: the citizen does not understand the decision. Reply to this message "
        "with plain words, they go to the citizen.",
        number=row.appeal_id,
    )
    return Rendered(f"{text}\n{quote(row.ref['text'])}")


async def forward_due(frame: Frame, row: OutboxRow) -> Rendered:
    """The day an outside service should have answered."""
    return Rendered(
        _(
            "📅 No. {number}: today the answer of {service} is due. Reply to this message with "
            "what they said, it goes to the citizen.",
            number=row.appeal_id,
            service=frame.service(row.ref["service"]),
        )
    )
