"""A group that becomes somebody's chat: the menu, moving, rights, the trial card (§4)."""

from __future__ import annotations

from html import escape

from bot.i18n import _, ngettext
from bot.views.frame import Frame
from bot.views.paging import turns
from bot.views.rendered import Button, Rendered, Rows, shortened
from bot.views.topics import title
from services.binding import RIGHTS, SPECIAL_CHATS
from services.button_data import data
from services.model import Chat, Purpose
from storage.outbox import OutboxRow

PAGE = 8


def chat_name(frame: Frame, purpose: str, block: str | None) -> str:
    """«ЖКХ и энергетика», «дежурные», «контроль качества», unescaped."""
    if purpose == Purpose.BLOCK:
        return frame.block(block)
    return _("triage") if purpose == Purpose.TRIAGE else _("quality")


def _code_name(frame: Frame, code: str) -> str:
    purpose = SPECIAL_CHATS.get(code, Purpose.BLOCK)
    return chat_name(frame, purpose, code)


async def menu(frame: Frame, row: OutboxRow) -> Rendered:
    """«Какой блок?»: eight a page, two in a row."""
    codes = [*SPECIAL_CHATS, *frame.town.blocks]
    pages = (len(codes) + PAGE - 1) // PAGE
    page = min(max(int(row.ref["page"]), 1), pages)
    buttons = [
        Button(shortened(_code_name(frame, code), 20), data("a1", "bind", 0, code))
        for code in codes[(page - 1) * PAGE : page * PAGE]
    ]
    rows = [tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)]
    rows.append(turns(page, pages, lambda to: data("a1", "bindp", to)))
    return Rendered(
        _("Which block?"),
        tuple(rows),
        reply_to=row.ref.get("reply_to"),
        silent=True,
        owner=row.ref["owner"],
    )


async def rebind(frame: Frame, row: OutboxRow) -> Rendered:
    """Bound elsewhere: move it?"""
    code, old = row.ref["code"], row.ref["chat"]
    purpose = SPECIAL_CHATS.get(code, Purpose.BLOCK)
    text = _("Block «{name}» is in another chat already. Move it?", name=_escaped(frame, code))
    if purpose is not Purpose.BLOCK:
        text = _("«{name}» is in another chat already. Move it?", name=_escaped(frame, code))
    if purpose is not Purpose.QUALITY:
        block = code if purpose is Purpose.BLOCK else None
        n = await frame.uow.overview.count_open(block)
        text += " " + _("Open cards: {n}, we'll send them here.", n=n)
    buttons = (
        Button(_("Move"), data("a1", "rebind", old, code)),
        Button(_("Cancel"), data("a1", "x", old)),
    )
    return Rendered(
        text,
        (buttons,),
        reply_to=row.ref.get("reply_to"),
        silent=True,
        owner=row.ref["owner"],
    )


def _escaped(frame: Frame, code: str) -> str:
    return escape(_code_name(frame, code))


async def unbound(frame: Frame, row: OutboxRow) -> Rendered:
    """To the chat that has lost its place."""
    name = escape(chat_name(frame, row.ref["purpose"], row.ref["block"]))
    return Rendered(_("«{name}» is in another chat now. Cards come here no more.", name=name))


async def bound(frame: Frame, row: OutboxRow) -> Rendered | None:
    """«Чат привязан: …», after the look at the rights."""
    chat = await frame.uow.get(Chat, row.ref["bound"])
    if chat is None:
        return None
    what = escape(chat_name(frame, chat.purpose, chat.block))
    parts = [_("This chat is bound: {what}.", what=what)]
    if chat.topics is not None:
        parts.append(_("Cards go to the topic «{topic}».", topic=title("cards")))
    if chat.missing:
        parts.append(_("Rights: not all are there, see below."))
    else:
        parts.append(_("Rights: everything is there."))
    parts.append(_("A trial card is below."))
    return Rendered(" ".join(parts))


async def probe(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The trial card."""
    chat = await frame.uow.get(Chat, row.ref["bound"])
    if chat is None:
        return None
    text = _("This is a trial. Real ones will come to the same place.")
    button = Button(_("Delete the trial"), data("a1", "probe", chat.id))
    return Rendered(f"<i>{text}</i>", ((button,),), silent=True)


async def rights(frame: Frame, row: OutboxRow) -> Rendered | None:
    """What the bot may and may not do here, and what to do about it."""
    chat = await frame.uow.get(Chat, row.ref["bound"])
    if chat is None:
        return None
    missing = chat.missing or []
    if not missing:
        return Rendered(_("Rights: everything is there."))
    words = {
        "send": _("write messages"),
        "photos": _("send photos"),
        "topics": _("manage topics"),
        "delete": _("delete its menus"),
    }
    forum = chat.topics is not None or "topics" in missing
    shown = [right for right in RIGHTS if forum or right != "topics"]
    lines = [
        "<b>{}</b>".format(_("The bot lacks rights")),
        *(f"{'☐' if right in missing else '☑'} {words[right]}" for right in shown),
        _(
            "The group's name → Administrators → {bot} → switch on and press the button.",
            bot=escape(frame.bot_name),
        ),
    ]
    again: Rows = ((Button(_("Check again"), data("a1", "rights", chat.id)),),)
    return Rendered("\n".join(lines), again)


async def silent(frame: Frame, row: OutboxRow) -> Rendered | None:
    """To the duty chat: a chat takes no cards, or takes them again."""
    chat = await frame.uow.get(Chat, row.ref["bound"])
    if chat is None:
        return None
    name = escape(chat_name(frame, chat.purpose, chat.block))
    if "send" not in (chat.missing or []):
        return Rendered(_("The chat «{name}» takes cards again.", name=name))
    n = await frame.uow.overview.waiting_for(chat.channel, chat.external_id)
    text = ngettext(
        "The chat «{name}» takes no cards: {n} waits.",
        "The chat «{name}» takes no cards: {n} wait.",
        n,
        name=name,
    )
    return Rendered(text)
