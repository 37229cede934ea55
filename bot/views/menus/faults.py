"""What is wrong with an answer that goes back: codes of the empty boxes (§2.9)."""

from __future__ import annotations

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.quality import fault_word
from bot.views.rendered import Button, Rendered
from services import checklist
from services.button_data import data
from services.model import Answer, Appeal
from storage.outbox import OutboxRow


async def faults(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """Toggles, two in a row; the phrase itself is asked by the prompt below."""
    answer = await frame.uow.need(Answer, row.ref["answer"])
    marked = checklist.marked(answer)
    buttons = [
        Button(
            f"{'☑' if code in marked else '☐'} {fault_word(code)}",
            data("m1", "fault", appeal.id, answer.id, code),
        )
        for code in checklist.suspected(answer)
    ]
    return Rendered(
        _("No. {number}: what is wrong? Tick it, then answer the question.", number=appeal.id),
        tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2)),
    )
