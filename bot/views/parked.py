"""What could not be applied, in the duty chat: never the words, only what it was."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.i18n import _, ngettext
from bot.views.dead_letters import PAGE, who
from bot.views.frame import Frame
from bot.views.paging import turns
from bot.views.rendered import Button, Rendered
from services.button_data import data
from services.wire import cut
from storage.outbox import OutboxRow

_ASKED = 200
"""More of one cause are not counted."""
_WIDTH = 34


def update_word(what: str) -> str:
    """What an update is, by the name its messenger gives it."""
    return {
        "message": _("a message"),
        "edited_message": _("a correction"),
        "callback_query": _("a press"),
        "my_chat_member": _("a change of the bot's rights"),
    }.get(what, _("an update"))


async def letter(frame: Frame, row: OutboxRow) -> Rendered | None:
    """One update with its buttons; or who saw to it."""
    serial = row.ref["serial"]
    what = _("{what} {serial}", what=update_word(row.ref["what"]), serial=serial)
    if "by" in row.ref:
        values = {
            "what": what,
            "name": await who(frame, row.ref["by"]),
            "moment": frame.hour(datetime.fromisoformat(row.ref["moment"])),
        }
        if row.ref["again"]:
            return Rendered(_("Is applied once more: {what}, {name}, {moment}", **values))
        return Rendered(_("Let go: {what}, {name}, {moment}", **values))
    found = await frame.uow.waiting.update(serial)
    if found is None or found.state != "parked":
        return None
    text = _(
        "Could not be applied, put aside: {what}, {tries} · «{error}». Nothing is lost; the "
        "administrator has the log.",
        what=what,
        tries=ngettext("{n} try", "{n} tries", found.attempts),
        error=escape(found.error or ""),
    )
    buttons = (
        Button(_("Try again"), data("x1", "papply", serial)),
        Button(_("Let it go"), data("x1", "pdrop", serial)),
    )
    return Rendered(text, (buttons,))


async def many(frame: Frame, row: OutboxRow) -> Rendered:
    """Five and more of one cause: one line."""
    error = row.ref["error"]
    found = await frame.uow.waiting.parked(error=error, limit=_ASKED)
    text = _(
        "Could not be applied, put aside: {many}, «{error}». Nothing is lost.",
        many=ngettext("{n} message", "{n} messages", len(found)),
        error=escape(error or ""),
    )
    return Rendered(text, ((Button(_("List"), data("x1", "plist", 0, 1)),),))


async def listed(_frame: Frame, row: OutboxRow) -> Rendered:
    """The list, five a page."""
    rows, owner = row.ref["rows"], row.ref["owner"]
    if not rows:
        return Rendered(_("Nothing is put aside."), silent=True, owner=owner)
    pages = (len(rows) + PAGE - 1) // PAGE
    page = min(max(row.ref["page"], 1), pages)
    shown = rows[(page - 1) * PAGE : page * PAGE]
    names = [
        _("{what} {serial}", what=update_word(what), serial=serial) for serial, what, _e in shown
    ]
    lines = [_("<b>Put aside: {n}</b>", n=len(rows))]
    lines += [
        f"{name} · {escape(error or '')}" for name, (*_id, error) in zip(names, shown, strict=True)
    ]
    buttons = [
        (Button(cut(name, _WIDTH), data("x1", "pone", serial)),)
        for name, (serial, *_rest) in zip(names, shown, strict=True)
    ]
    turn = turns(page, pages, lambda to: data("x1", "plist", 0, to))
    again = Button(_("Try all again"), data("x1", "pall", 0))
    return Rendered("\n".join(lines), (*buttons, (*turn, again)), silent=True, owner=owner)
