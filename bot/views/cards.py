"""The staff card: one message per case, kept current by editing (conversations.md §2.1)."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.i18n import _
from bot.views import alarms, card_lines, card_rows, gist, homeless, problem_lines
from bot.views.card_head import head, overdue
from bot.views.frame import Frame, quote
from bot.views.media import above
from bot.views.rendered import Rendered
from bot.views.topics import URGENT
from services.model import Appeal, Purpose, SaidAs, State, Utterance
from services.notices import Kind
from services.opening import CARD_TEXT
from services.policies import Urgency
from services.understanding import IN_DANGER, mask
from services.wire import cut, units
from storage.outbox import OutboxRow


async def card(frame: Frame, row: OutboxRow) -> Rendered:
    """The card in its present state; a short line where the case has left this chat."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    chat = await frame.uow.people.chat(row.channel, row.chat_id)
    if chat is None and row.kind == Kind.CARD:
        return Rendered(_("No. {number} is now in another chat", number=appeal.id))
    if chat is not None and chat.block is not None and chat.block != appeal.block:
        if appeal.block is None:
            return Rendered(_("🆕 No. {number} is back with the duty officer", number=appeal.id))
        block = escape(frame.block(appeal.block))
        return Rendered(_("🆕 No. {number} → {block}", number=appeal.id, block=block))
    if appeal.state is State.MERGED:
        return problem_lines.follows(appeal)
    problem = await frame.uow.problems.led_by(appeal.id)
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    late = overdue(frame, appeal, clocks)
    lines = [
        *(await problem_lines.lines(frame, problem) if problem else []),
        await head(frame, appeal, late, clocks),
        f"<b>{frame.essence(appeal)}</b>",
        card_lines.place(frame, appeal),
        gist.essence_line(appeal.text),
        quote(appeal.text, folded=True) if appeal.text else "",
        *gist.questions_lines(appeal.text),
        gist.tone_line(appeal.text),
        await card_lines.source(frame, appeal),
        *await card_lines.of_state(frame, appeal),
        card_lines.deadlines(frame, appeal, clocks),
        await card_lines.about(frame, appeal),
    ]
    # The duty chat watches an emergency and answers for it until the block has taken it.
    elsewhere = chat is not None and chat.block is None and await _has_home(frame, appeal)
    rows = card_rows.rows(appeal, overdue=late is not None)
    if chat is not None and chat.block is None and not elsewhere:
        lines.append(await homeless.said(frame, appeal))
        rows = await homeless.rows(frame, appeal, rows)
    if elsewhere:
        said, accept = await alarms.on_card(frame, appeal)
        lines.append(said)
        rows = (*accept, *card_rows.history(appeal))
    text = "\n".join(line for line in lines if line)
    topic = "urgent" if appeal.urgency in URGENT else None
    if problem is not None and not elsewhere:
        rows = problem_lines.rows(problem, appeal)
        return Rendered(text, rows, calm=problem_lines.CALM, topic=topic or "problems")
    return Rendered(text, rows, topic=topic)


async def _has_home(frame: Frame, appeal: Appeal) -> bool:
    return await frame.uow.people.chat_for(Purpose.BLOCK, appeal.block) is not None


def opening_words(frame: Frame, said: Sequence[Utterance], urgency: Urgency) -> str:
    """All the words that opened an appeal, masked together: a number may be cut between two."""
    opened = [u for u in said if u.said_as is SaidAs.OPENING] or list(said[:1])
    keep = IN_DANGER if urgency is Urgency.EMERGENCY else frozenset()
    words = "\n".join(u.text for u in opened if u.text)
    return mask(words, keep=keep, public=frame.town.public_numbers)


async def long_words(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The end of a text that the card has no room for, silent, under the card."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    said = await frame.uow.appeals.utterances_of(appeal.id)
    whole = opening_words(frame, said, appeal.urgency)
    if units(whole) <= CARD_TEXT:
        return None
    rest = "…" + whole[len(cut(whole, CARD_TEXT)) - 1 :]
    text = _("No. {number}, the end of the text:", number=row.appeal_id)
    anchors = (f"card:{row.appeal_id}:{row.chat_id}", f"triage:{row.appeal_id}")
    under_it = await above(frame, row, *anchors)
    return Rendered(f"{text}\n{quote(rest, folded=True)}", reply_to=under_it, silent=True)


async def under(frame: Frame, anchor: str) -> str | None:
    """The id of the message that stands for `anchor`, to reply to."""
    posted = await frame.uow.screens.anchored(anchor)
    return posted.external_id if posted else None
