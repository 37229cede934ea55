"""Who is on duty, what is handed over, what waits (/shift, /queue)."""

from __future__ import annotations

from dataclasses import replace
from html import escape

from bot.i18n import _
from bot.views import cards, triage
from bot.views.frame import MARKS, Frame
from bot.views.paging import turns
from bot.views.rendered import Button, Rendered, shortened
from services.button_data import data
from services.model import Appeal
from services.queue import OURS, UNOWNED
from storage.outbox import OutboxRow

PAGE = 5


async def shift(frame: Frame, _row: OutboxRow) -> Rendered:
    """Who is on duty now, with buttons."""
    on = await frame.uow.duty.on_shift()
    names = [
        _("{name}, since {moment}", name=await frame.name(s.person_id), moment=frame.stamp(s.since))
        for s in on
    ]
    text = (
        _("On duty now: {names}.", names="; ".join(names))
        if names
        else _("Nobody is on shift: an emergency calls every duty officer.")
    )
    first = (
        Button(_("Come on shift"), data("t1", "shift", 0, "on")),
        Button(_("Hand the shift over"), data("t1", "shift", 0, "off")),
    )
    return Rendered(text, (first, (Button(_("What is open"), data("t1", "list", 0, UNOWNED, 1)),)))


async def changed(frame: Frame, row: OutboxRow) -> Rendered:
    """Somebody came on shift or left it, and what is open."""
    name = await frame.name(row.ref["person"])
    head = (
        _("{name} is on shift.", name=name)
        if row.ref["came"]
        else _("{name} handed the shift over.", name=name)
    )
    unowned, ours, dead = row.ref["counts"]
    lines = [
        head,
        _(
            "Open: without an owner: {unowned}, waiting for us: {ours}, not delivered: {dead}.",
            unowned=unowned,
            ours=ours,
            dead=dead,
        ),
    ]
    if not row.ref["on"]:
        lines.append(_("Nobody is on shift: an emergency calls every duty officer."))
    return Rendered("\n".join(lines))


async def queue(frame: Frame, row: OutboxRow) -> Rendered:
    """A list with buttons to open the cards."""
    view, numbers = row.ref["view"], row.ref["numbers"]
    pages = max((len(numbers) + PAGE - 1) // PAGE, 1)
    page = min(row.ref["page"], pages)
    rows = []
    for number in numbers[(page - 1) * PAGE : page * PAGE]:
        appeal = await frame.uow.need(Appeal, number)
        label = f"{MARKS[appeal.state]} {number} · {frame.plain_essence(appeal)}"
        rows.append((Button(shortened(label, 34), data("t1", "open", number)),))
    turn = turns(page, pages, lambda to: data("t1", "list", 0, view, to))
    unowned, ours = row.ref["counts"]
    views = (
        Button(_("No owner: {n}", n=unowned), data("t1", "list", 0, UNOWNED, 1)),
        Button(_("For us: {n}", n=ours), data("t1", "list", 0, OURS, 1)),
    )
    head = _("<b>Without an owner</b>") if view == UNOWNED else _("<b>Waiting for us</b>")
    if not numbers:
        text = f"{head}\n" + _("Nothing waits.")
    else:
        first = (page - 1) * PAGE + 1
        last = min(page * PAGE, len(numbers))
        text = f"{head} · " + _("{a}–{b} of {n}", a=first, b=last, n=len(numbers))
    return Rendered(
        text,
        (*rows, *((turn,) if turn else ()), views),
        silent=True,
        owner=row.ref["owner"],
    )


async def card_copy(frame: Frame, row: OutboxRow) -> Rendered:
    """How a case stands now, without buttons."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    shown = await (cards.card if appeal.block is not None else triage.card)(frame, row)
    block = escape(frame.block(appeal.block))
    return replace(shown, text=f"{shown.text}\n{block}", buttons=(), silent=True)
