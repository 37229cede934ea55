"""What did not arrive, in the duty chat (conversations.md §2.10)."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.i18n import _, ngettext
from bot.views.frame import Frame
from bot.views.paging import turns
from bot.views.rendered import Button, Rendered
from services.button_data import data
from services.notices import Kind
from storage.outbox import OutboxRow

PAGE = 5


async def letter(frame: Frame, row: OutboxRow) -> Rendered | None:
    """One notice that did not arrive, with its buttons; or who saw to it."""
    lost = await frame.uow.outbox.row(row.ref["row"])
    if lost is None:
        return None
    what = notice_word(lost.kind, lost.appeal_id)
    if "by" in row.ref:
        values = {
            "what": what,
            "name": await who(frame, row.ref["by"]),
            "moment": frame.hour(datetime.fromisoformat(row.ref["at"])),
        }
        if row.ref["again"]:
            return Rendered(_("Sent once more: {what}, {name}, {moment}", **values))
        return Rendered(_("Left undelivered: {what}, {name}, {moment}", **values))
    if lost.state != "dead":
        return None
    text = _(
        "Not delivered: {what} · {channel}, {tries} · «{error}».",
        what=what,
        channel=channel_name(lost.channel),
        tries=ngettext("{n} try", "{n} tries", lost.attempts + 1),
        error=escape(error_words(lost.error or "")),
    )
    first = (
        Button(_("Try again"), data("x1", "retry", lost.id)),
        Button(_("Leave undelivered"), data("x1", "drop", lost.id)),
    )
    card = (Button(_("Card"), data("x1", "open", lost.id)),) if lost.appeal_id else ()
    return Rendered(text, (first, card) if card else (first,))


async def who(frame: Frame, person_id: int | None) -> str:
    """Who saw to it; nobody's id is the command line's."""
    return _("the operator") if person_id is None else await frame.name(person_id)


def notice_word(kind: str, appeal_id: int | None) -> str:
    """What a notice is, and about which case."""
    words = {
        Kind.ANSWER: _("an answer"),
        Kind.RECEIPT: _("a receipt"),
        Kind.QUESTION: _("a question to the citizen"),
        Kind.CARD: _("a card"),
        Kind.MEDIA: _("files"),
        Kind.DIGEST: _("a digest"),
        Kind.DIGEST_PICTURE: _("the picture of a digest"),
        Kind.ALARM: _("a call to a duty person"),
        Kind.EMERGENCY_ADVICE: _("an advice in danger"),
    }
    word = words.get(Kind(kind), _("a message"))
    if appeal_id is None:
        return word
    return _("{what} about No. {number}", what=word, number=appeal_id)


def channel_name(channel: str) -> str:
    """A messenger as people call it."""
    return {"telegram": "Telegram", "max": "MAX", "vk": "ВК"}.get(channel, channel)


def error_words(error: str) -> str:
    """The usual reasons in words, others as the messenger gave them."""
    known = {
        "chat not found": _("chat not found"),
        "bot was blocked": _("the person stopped the bot"),
        "bot was kicked": _("the bot was removed from the group"),
        "user is deactivated": _("the account is deleted"),
        "withdrawn": _("taken back by the operator"),
    }
    return next((word for part, word in known.items() if part in error.lower()), error)


async def many(frame: Frame, row: OutboxRow) -> Rendered:
    """Five and more of one cause: one line."""
    since = datetime.fromisoformat(row.ref["since"])
    lost = await frame.uow.outbox.dead(
        channel=row.ref["channel"], error=row.ref["error"], since=since
    )
    text = _(
        "Not delivered {many}: {channel}, «{error}», since {moment}.",
        many=ngettext("{n} message", "{n} messages", len(lost)),
        channel=channel_name(row.ref["channel"]),
        error=escape(error_words(row.ref["error"])),
        moment=frame.hour(since),
    )
    return Rendered(text, ((Button(_("List"), data("x1", "list", 0, 1)),),))


async def listed(_frame: Frame, row: OutboxRow) -> Rendered:
    """The list, five a page."""
    rows = row.ref["rows"]
    if not rows:
        return Rendered(_("Everything has arrived."), silent=True, owner=row.ref["owner"])
    pages = (len(rows) + PAGE - 1) // PAGE
    page = min(max(row.ref["page"], 1), pages)
    shown = rows[(page - 1) * PAGE : page * PAGE]
    lines = [_("<b>Not delivered: {n}</b>", n=len(rows))]
    lines += [
        f"{escape(notice_word(kind, number))} · {escape(error_words(error or ''))}"
        for _id, kind, number, error in shown
    ]
    buttons = [
        (Button(_cut(notice_word(kind, number)), data("x1", "one", id_)),)
        for id_, kind, number, _error in shown
    ]
    turn = turns(page, pages, lambda to: data("x1", "list", 0, to))
    again = Button(_("Try all again"), data("x1", "all", 0))
    return Rendered(
        "\n".join(lines),
        (*buttons, (*turn, again)),
        silent=True,
        owner=row.ref["owner"],
    )


def _cut(text: str) -> str:
    return text if len(text) <= 34 else text[:33] + "…"
