"""What staff cards mask, as the holder of the case reads it in private (services/hidden)."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from services.hidden import hidden, kinds_of
from services.understanding.personal import Secret
from services.wire import cut
from storage.outbox import OutboxRow

LONGEST = 3000
"""Units of everything that was hidden."""


def kind_word(kind: Secret) -> str:
    """A kind of personal data, in a word."""
    return {
        Secret.PHONE: _("telephone"),
        Secret.EMAIL: _("e-mail"),
        Secret.CARD: _("bank card"),
        Secret.DOCUMENT: _("document"),
        Secret.NAME: _("name"),
        Secret.FLAT: _("flat"),
        Secret.PLATE: _("number plate"),
        Secret.PROFILE: _("profile"),
        Secret.BIRTH: _("date of birth"),
    }[kind]


def kind_words(code: str) -> str:
    """The kinds that an event names: «телефон, квартира»."""
    return ", ".join(kind_word(kind) for kind in kinds_of(code))


async def shown(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The values by kind; nothing when they have been erased since."""
    assert row.appeal_id is not None
    asked = set(row.ref["said"])
    said = await frame.uow.appeals.utterances_of(row.appeal_id)
    found = hidden((u for u in said if u.id in asked), frame.town.public_numbers)
    if not found:
        return None
    lines = "\n".join(f"{kind_word(kind)}: {', '.join(values)}" for kind, values in found.items())
    head = _("<b>No. {number}, what is hidden on the card</b>", number=row.appeal_id)
    return Rendered(f"{head}\n{escape(cut(lines, LONGEST))}\n{_('The look was logged.')}")
