"""What the duty officer is told: cases without an owner."""

from __future__ import annotations

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.media import above
from bot.views.rendered import Rendered
from storage.outbox import OutboxRow


async def unowned(frame: Frame, row: OutboxRow) -> Rendered:
    """A working hour without an owner."""
    assert row.appeal_id is not None
    return Rendered(
        _("⏰ No. {number}: an hour without an owner.", number=row.appeal_id),
        reply_to=await above(
            frame, row, f"card:{row.appeal_id}:{row.chat_id}", f"triage:{row.appeal_id}"
        ),
    )
