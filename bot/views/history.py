"""The thread of a case by time, in pages, for one reader in private (§2.7)."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.i18n import _
from bot.views import fates
from bot.views.frame import Frame, number, quote
from bot.views.history_words import details, words_of
from bot.views.paging import turns
from bot.views.plain import role_word
from bot.views.rendered import Button, Rendered, Row, Rows
from services.button_data import data
from services.model import Appeal, Contact, Event, EventText
from services.understanding import personal
from services.understanding.guess import COLD
from services.wire import units
from storage.outbox import OutboxRow

PAGE = 3500
"""UTF-16 units of one page (conversations.md §2.7)."""
_QUOTE = 1500
_FIRST = "register"


async def history(frame: Frame, row: OutboxRow) -> Rendered:
    """One page of the thread with ‹ › and, for the holder, the contact."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    pages = packed(await _entries(frame, appeal, row))
    page = min(max(int(row.ref["page"]), 1), len(pages))
    head = _(
        "<b>No. {number}, history</b> · {page} of {pages}",
        number=appeal.id,
        page=page,
        pages=len(pages),
    )
    lines = [head, f"{frame.essence(appeal)} · {escape(frame.block(appeal.block))}"]
    lines += [*_read_by(appeal), ""]
    text = "\n".join(lines) + "\n" + pages[page - 1]
    return Rendered(text, _buttons(appeal, row, page, len(pages)), data=row.ref)


def _read_by(appeal: Appeal) -> list[str]:
    """Which classifier read the words, and how sure it was."""
    if appeal.read_by is None:
        return []
    who = _("the vocabulary") if appeal.read_by == COLD else escape(appeal.read_by)
    sure = number(round(appeal.confidence, 2))
    return [_("Read by: {model}, {sure}", model=who, sure=sure)]


def packed(entries: list[str]) -> list[str]:
    """Entries on pages of at most PAGE units; an entry is never cut in two."""
    pages: list[str] = []
    for entry in entries:
        if pages and units(pages[-1]) + units(entry) + 1 <= PAGE:
            pages[-1] += "\n" + entry
        else:
            pages.append(entry)
    return pages or [""]


def _buttons(appeal: Appeal, row: OutboxRow, page: int, pages: int) -> Rows:
    seq = row.ref["until"]
    turn = turns(page, pages, lambda to: data("s1", "hpage", appeal.id, seq, to))
    rows: list[Row] = [turn] if turn else []
    if row.ref.get("hidden"):
        rows.append((Button(_("Show what is hidden"), data("s1", "hidden", appeal.id, seq)),))
    if row.ref["contact"]:
        rows.append((Button(_("Show the contact"), data("s1", "contact", appeal.id, seq)),))
    return tuple(rows)


async def _entries(frame: Frame, appeal: Appeal, row: OutboxRow) -> list[str]:
    events = [e for e in await frame.uow.appeals.events_of(appeal.id) if e.seq <= row.ref["until"]]
    texts = await frame.uow.appeals.texts_of([e.id for e in events])
    said = await frame.uow.appeals.utterances_of(appeal.id)
    words = {t.id: t for t in texts}
    found: list[tuple[datetime, str]] = []
    for event in events:
        text = _text(event, words)
        if event.action == _FIRST and said:
            text = said[0].text
        line = await _entry(frame, appeal, event, text, masked=row.ref["masked"])
        found.append((event.at, line))
    if events:
        found += await fates.lines(frame, appeal, until=events[-1].at)
    # What was said at a step comes after it.
    return [line for _at, line in sorted(found, key=lambda one: one[0])]


def _text(event: Event, words: dict[int, EventText]) -> str:
    found = words.get(event.id)
    return found.text if found is not None else ""


async def _entry(frame: Frame, appeal: Appeal, event: Event, text: str, *, masked: bool) -> str:
    parts = [f"<b>{frame.stamp(event.at)}</b> {words_of(event.action)}"]
    about, more, text = details(frame, event, text)
    if about:
        parts[0] += f": {about}"
    if more:
        parts.append(more)
    if event.actor_id is not None and event.actor_id != appeal.person_id:
        who = role_word(event.role)
        parts.append(who if masked else f"{await frame.name(event.actor_id)}, {who}")
    line = " · ".join(parts)
    # Phones and documents in anybody's words are masked here as on the card.
    if not text:
        return line
    said = personal.mask(text, public=frame.town.public_numbers)
    return f"{line}\n{quote(said, folded=True, limit=_QUOTE)}"


async def contact(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The telephone, to the holder; nothing when it has been erased since."""
    found = await frame.uow.get(Contact, row.ref["contact"])
    if found is None:
        return None
    return Rendered(_("Telephone: {phone}. The look was logged.", phone=escape(found.value)))
