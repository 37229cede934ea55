"""Why it can't be done: the grounds of a refusal, under the draft (§2.4)."""

from __future__ import annotations

from bot.i18n import _
from bot.views.drafts import ground_word
from bot.views.frame import Frame
from bot.views.rendered import Button, Rendered
from services.button_data import data
from services.model import Appeal
from services.refusals import GROUNDS
from storage.outbox import OutboxRow


async def grounds(_frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """One short list, two in a row."""
    buttons = [
        Button(ground_word(code), data("m1", "ground", appeal.id, row.ref["answer"], code))
        for code in GROUNDS
    ]
    return Rendered(
        _("No. {number}: why can't it be done?", number=appeal.id),
        tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)),
    )
