"""«Не тот отдел»: what the citizen and the staff read of it (conversations.md §1.6)."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views import moments
from bot.views.cards import under
from bot.views.duty import block_options
from bot.views.frame import Frame, quote
from bot.views.rendered import Rendered
from services.calendar import local_day
from services.corrections import ANY
from services.model import Appeal, State
from services.policies import ClockKind
from storage.outbox import OutboxRow


async def passed(frame: Frame, row: OutboxRow) -> Rendered:
    """The duty officer will look; the date stands."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    due = next((c for c in reversed(clocks) if c.kind in (ClockKind.ANSWER, ClockKind.FIX)), None)
    if due is None:
        return Rendered(_("Thank you, the duty officer will check."), silent=True)
    day = moments.day_month(local_day(frame.town.calendar, due.due_at))
    text = _("Thank you, the duty officer will check. The date stands: by {day}.", day=day)
    return Rendered(text, silent=True)


async def block_changed(frame: Frame, row: OutboxRow) -> Rendered:
    """Another block has the case now."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    text = _(
        "No. {number} is now with «{block}». The date stands.",
        number=appeal.id,
        block=escape(frame.block(appeal.block)),
    )
    return Rendered(text, silent=True)


async def opinion(frame: Frame, row: OutboxRow) -> Rendered:
    """To the duty officer with blocks to choose from while nobody holds it, else under the card."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    if row.ref["block"] is None:
        block = escape(frame.block(appeal.block))
        return Rendered(_("🆕 No. {number} → {block}", number=appeal.id, block=block))
    named = row.ref["block"]
    says = _("somebody else's") if named == ANY else frame.block(named)
    line = _("The citizen thinks: {block}", block=escape(says))
    if row.anchor is None:
        above = await under(frame, f"card:{appeal.id}:{row.chat_id}")
        return Rendered(
            _("No. {number}", number=appeal.id) + f". {line}", reply_to=above, silent=True
        )
    lines = [
        _(
            "🆕 <b>No. {number} · the right block?</b> Now: {block}",
            number=appeal.id,
            block=escape(frame.block(appeal.block)),
        ),
        quote(appeal.text, folded=True) if appeal.text else frame.essence(appeal),
        line,
    ]
    first = [] if named == ANY else [named]
    others = [c["block"] for c in appeal.candidates]
    codes = [c for c in dict.fromkeys([*first, *others]) if c != appeal.block]
    free = appeal.state is State.ASSIGNED
    return Rendered(
        "\n".join(lines),
        block_options(frame, appeal, codes) if free else (),
        reply_to=await under(frame, f"triage:{appeal.id}"),
    )
