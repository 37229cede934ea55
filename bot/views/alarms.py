"""An emergency that calls the duty people: in private, in their chat, and to its author."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.i18n import _
from bot.views.frame import Frame, point, quote
from bot.views.rendered import Button, Rendered, Rows
from services.access import RULES, Deed
from services.button_data import data
from services.model import Alarm, Appeal, PersonId
from storage.outbox import OutboxRow


async def alarm(frame: Frame, row: OutboxRow) -> Rendered:
    """In the private chat of a duty person: accept it, or who has."""
    found = await frame.uow.need(Alarm, row.ref["alarm"])
    if not found.open:
        return Rendered(await _ended(frame, found))
    lines = [await _head(frame, found), *await _words(frame, found)]
    lines.append(_("Accept by <b>{moment}</b>", moment=frame.hour(found.due_at)))
    return Rendered("\n".join(lines), _accept(found), owner=row.person_id)


async def _head(frame: Frame, found: Alarm) -> str:
    if found.appeal_id is None:
        return _("🚨 <b>Emergency words, no consent yet: accept</b>")
    return _("🚨 <b>No. {number} · emergency, accept</b>", number=found.appeal_id)


async def _words(frame: Frame, found: Alarm) -> list[str]:
    if found.appeal_id is None:
        return [quote(found.text), _where(found)]
    appeal = await frame.uow.need(Appeal, found.appeal_id)
    words = quote(appeal.text, limit=600) if appeal.text else frame.essence(appeal)
    place = escape(appeal.place or _("place unknown"))
    return [words, f"{place} · {escape(frame.block(appeal.block))}"]


def _where(found: Alarm) -> str:
    """What its author said of the place before his consent."""
    parts = [escape(found.place)] if found.place else []
    parts += [point(found.point[0], found.point[1])] if found.point else []
    return " · ".join(parts) or _("place unknown")


async def _ended(frame: Frame, found: Alarm) -> str:
    number = _("No. {number}", number=found.appeal_id) if found.appeal_id else _("Emergency words")
    if found.accepted_at is None:
        return _("{number}: no longer an emergency", number=number)
    return _(
        "{number}: accepted by {name} at {moment}",
        number=number,
        name=await frame.name(found.accepted_by),
        moment=frame.hour(found.accepted_at),
    )


def _accept(found: Alarm) -> Rows:
    return ((Button(_("Accept"), data("t1", "accept", found.id)),),)


async def unanswered(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Half an hour and nobody: to the head of МЦУ, with the button, and to the deputy."""
    found = await frame.uow.need(Alarm, row.ref["alarm"])
    if not found.open:
        return None
    number = _("No. {number}", number=found.appeal_id) if found.appeal_id else _("Emergency words")
    head = _(
        "🚨 <b>{number}: nobody has accepted it by {moment}</b>",
        number=number,
        moment=frame.hour(found.due_at),
    )
    lines = [head, *await _words(frame, found)]
    roles = {role for role, _reach in RULES[Deed.ACCEPT]}
    grants = await frame.uow.people.grants_of(PersonId(row.person_id)) if row.person_id else []
    may = any(g.role in roles for g in grants)
    return Rendered("\n".join(lines), _accept(found) if may else ())


async def unconsented(frame: Frame, row: OutboxRow) -> Rendered:
    """Emergency words of somebody who has not consented: text and place, no name."""
    found = await frame.uow.need(Alarm, row.ref["alarm"])
    if found.appeal_id is not None or not found.open:
        lines = [await _ended(frame, found)] if not found.open else []
        if found.appeal_id is not None:
            lines.append(_("Consent is given: No. {number}", number=found.appeal_id))
        return Rendered("\n".join(lines))
    lines = [
        _("🚨 <b>Emergency words, no consent yet</b>"),
        quote(found.text),
        _where(found),
        _("The person was told to call 112. Call the emergency service with this place now."),
    ]
    return Rendered("\n".join(lines), _accept(found))


async def accepted(frame: Frame, row: OutboxRow) -> Rendered:
    """To somebody who has not consented: his words were heard."""
    text = _(
        "🚨 The officer on duty accepted it at {moment} and passed it to the emergency service. "
        "If it gets worse, call 112.",
        moment=frame.hour(datetime.fromisoformat(row.ref["at"])),
    )
    return Rendered(text)


async def on_card(frame: Frame, appeal: Appeal) -> tuple[str, Rows]:
    """What the duty chat's copy of an emergency adds: who accepted, or the button."""
    found = await frame.uow.duty.alarm_of(appeal.id)
    if found is None:
        return "", ()
    if found.open:
        return "", _accept(found)
    return await _ended(frame, found), ()
