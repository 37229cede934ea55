"""What is said around a return: its judgement, a repeat proposed, the prompts."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.cards import under
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from services.model import Appeal
from storage.outbox import OutboxRow


async def judged(frame: Frame, row: OutboxRow) -> Rendered:
    """To the block that has the case now: it stays, or it was decided finally."""
    text = _(
        "No. {number} stays with you: the duty officer does not agree with the return. "
        "It can't be given back again. The date is the same.",
        number=row.appeal_id,
    )
    if row.ref["final"]:
        text = _(
            "No. {number} is yours: the head of the centre has decided, finally. «{words}»",
            number=row.appeal_id,
            words=escape(row.ref["words"]),
        )
    return Rendered(text, reply_to=await under(frame, f"card:{row.appeal_id}:{row.chat_id}"))


async def repeat_proposed(frame: Frame, row: OutboxRow) -> Rendered:
    """To the duty officer: the block takes the case for a repeat of another."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    other = await frame.uow.need(Appeal, row.ref["of"])
    text = _(
        "👥 {block}: No. {number} repeats No. {other}, says {name}.",
        block=escape(frame.block(appeal.block)),
        number=appeal.id,
        other=other.id,
        name=await frame.name(row.ref["by"]),
    )
    where = escape(other.place) if other.place else _("place unknown")
    about = f"{_('No. {number}', number=other.id)}: {frame.essence(other)}, {where}"
    return Rendered(f"{text}\n{about}", reply_to=await under(frame, f"triage:{appeal.id}"))
