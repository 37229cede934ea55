"""Who hears of a change and where."""

from services.notify.cards import (
    added,
    card,
    files_under_card,
    home,
    quality,
    receipt,
    triage,
    triage_if_shown,
    under_card,
    under_every_card,
)
from services.notify.people import (
    dead_letter,
    decision_everywhere,
    in_chat,
    in_private,
    plain,
    reply_in_group,
    to_citizen,
    to_deputies,
    to_person,
)

__all__ = [
    "added",
    "card",
    "dead_letter",
    "decision_everywhere",
    "files_under_card",
    "home",
    "in_chat",
    "in_private",
    "plain",
    "quality",
    "receipt",
    "reply_in_group",
    "to_citizen",
    "to_deputies",
    "to_person",
    "triage",
    "triage_if_shown",
    "under_card",
    "under_every_card",
]
