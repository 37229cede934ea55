"""The staff card: one message per case, kept current by editing (conversations.md §2.1)."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views import card_lines, card_rows
from bot.views.card_head import head, overdue
from bot.views.frame import Frame, quote
from bot.views.rendered import Media, Rendered
from services.intake import CARD_TEXT
from services.model import Appeal, AppealId, Purpose
from services.wire import cut, units
from storage.outbox import OutboxRow


async def card(frame: Frame, row: OutboxRow) -> Rendered:
    """The card in its present state; a short line where the case has left this chat."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    chat = await frame.uow.people.chat(row.channel, row.chat_id)
    if chat is not None and chat.block is not None and chat.block != appeal.block:
        block = escape(frame.block(appeal.block))
        return Rendered(_("🆕 No. {number} → {block}", number=appeal.id, block=block))
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    late = overdue(frame, appeal, clocks)
    lines = [
        await head(frame, appeal, late, clocks),
        f"<b>{frame.essence(appeal)}</b>",
        card_lines.place(appeal),
        quote(appeal.text, folded=True) if appeal.text else "",
        await card_lines.source(frame, appeal),
        *await card_lines.of_state(frame, appeal),
        card_lines.deadlines(frame, appeal, clocks),
        card_lines.reason(frame, appeal),
    ]
    text = "\n".join(line for line in lines if line)
    # The duty chat watches an emergency; it is accepted in the block's own chat.
    elsewhere = chat is not None and chat.block is None and await _has_home(frame, appeal)
    return Rendered(text, () if elsewhere else card_rows.rows(appeal, overdue=late is not None))


async def _has_home(frame: Frame, appeal: Appeal) -> bool:
    return await frame.uow.people.chat_for(Purpose.BLOCK, appeal.block) is not None


async def long_words(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The end of a text that the card has no room for, silent, under the card."""
    assert row.appeal_id is not None
    said = await frame.uow.appeals.utterances_of(AppealId(row.appeal_id))
    whole = said[0].masked if said else ""
    if units(whole) <= CARD_TEXT:
        return None
    rest = "…" + whole[len(cut(whole, CARD_TEXT)) - 1 :]
    text = _("No. {number}, the end of the text:", number=row.appeal_id)
    anchors = (f"card:{row.appeal_id}:{row.chat_id}", f"triage:{row.appeal_id}")
    above = await _above(frame, row, *anchors)
    return Rendered(f"{text}\n{quote(rest, folded=True)}", reply_to=above, silent=True)


async def media(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Files after a text: the citizen's under the card, the executor's after the answer."""
    assert row.appeal_id is not None
    answer, utterance = row.ref.get("answer"), row.ref.get("utterance")
    files = await frame.uow.appeals.attachments_of(
        row.appeal_id, answer_id=answer, utterance_id=utterance
    )
    shown = tuple(Media(f.kind, f.file_id) for f in files if f.kind in ("photo", "document"))
    if not shown:
        return None
    if answer:
        anchors = (f"answer:{answer}", f"quality:{answer}")
    else:
        anchors = (f"card:{row.appeal_id}:{row.chat_id}", f"triage:{row.appeal_id}")
    return Rendered(media=shown, reply_to=await _above(frame, row, *anchors), silent=True)


async def _above(frame: Frame, row: OutboxRow, *anchors: str) -> str | None:
    """The message of this chat that the files belong under."""
    for anchor in anchors:
        posted = await frame.uow.screens.anchored(anchor)
        if posted is not None and posted.chat_id == row.chat_id:
            return posted.external_id
    return None


async def under(frame: Frame, anchor: str) -> str | None:
    """The id of the message that stands for `anchor`, to reply to."""
    posted = await frame.uow.screens.anchored(anchor)
    return posted.external_id if posted else None
