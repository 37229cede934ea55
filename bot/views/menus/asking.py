"""«Уточнить» and «Нужна помощь»: short lists under a card (conversations.md §2.5, §2.10)."""

from __future__ import annotations

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.hands import REASONS
from bot.views.menus.moving import cancel
from bot.views.rendered import Button, Rendered
from services.button_data import data
from services.model import Appeal
from storage.outbox import OutboxRow


async def ask(_frame: Frame, _row: OutboxRow, appeal: Appeal) -> Rendered:
    """Questions of one press, and one's own."""

    def button(text: str, code: str) -> Button:
        return Button(text, data("m1", "q", appeal.id, code))

    rows = (
        (button(_("Exact address"), "addr"), button(_("Photo of the place"), "photo")),
        (button(_("When it was"), "when"), button(_("My own question"), "own")),
        (cancel(appeal),),
    )
    return Rendered(_("No. {number}: what to ask?", number=appeal.id), rows)


async def help_(_frame: Frame, _row: OutboxRow, appeal: Appeal) -> Rendered:
    """What is missing."""
    buttons = [Button(word(), data("m1", "h", appeal.id, code)) for code, word in REASONS.items()]
    rows = (tuple(buttons[:2]), tuple(buttons[2:]), (cancel(appeal),))
    return Rendered(_("No. {number}: what is missing?", number=appeal.id), rows)
