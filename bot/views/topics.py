"""Topics of a forum: their titles, and which one a message belongs to (conversations.md §0.6)."""

from __future__ import annotations

from dataclasses import replace

from bot.i18n import DEFAULT_LOCALE, _, use_locale
from bot.views.rendered import Rendered
from services.notices import Kind
from services.policies import Urgency
from storage.outbox import OutboxRow

URGENT = (Urgency.EMERGENCY, Urgency.CRITICAL)
OF_KIND = {
    Kind.CARD: "cards",
    Kind.TRIAGE: "cards",
    Kind.QUALITY: "cards",
    Kind.PROBE: "cards",
    Kind.EMERGENCY_UNCONSENTED: "urgent",
    Kind.PROBLEM_PROPOSED: "problems",
    Kind.PROBLEM_BY_HAND: "problems",
}
"""Other notices are lists and reports: «Служебное»."""


def title(word: str) -> str:
    """What a topic is called, in the municipality's language."""
    with use_locale(DEFAULT_LOCALE):
        return {
            "cards": _("Cards"),
            "urgent": _("Urgent"),
            "problems": _("Problems"),
            "service": _("Office"),
        }[word]


def placed(row: OutboxRow, message: Rendered) -> Rendered:
    """The message with its topic; a reply stays where what it replies to is."""
    if message.reply_to is not None or message.topic is not None:
        return message
    return replace(message, topic=OF_KIND.get(Kind(row.kind), "service"))


def moved(number: int, message_id: str) -> Rendered:
    """What is left of a card in the topic that its case has outgrown."""
    with use_locale(DEFAULT_LOCALE):
        text = _(
            "Card No. {number} is now in the topic «{topic}»", number=number, topic=title("urgent")
        )
    return Rendered(f'<a href="message:{message_id}">{text}</a>')
