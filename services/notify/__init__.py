"""Who hears of a change and where."""

from services.notify.administrators import removed_from, to_administrators
from services.notify.cards import (
    added,
    card,
    files_under_card,
    home,
    receipt,
    receipts_of_followers,
    triage,
    triage_if_shown,
    under_card,
    under_every_card,
    words_of_citizen,
)
from services.notify.checks import quality
from services.notify.here import here, say
from services.notify.people import (
    address,
    dead_letter,
    in_chat,
    in_private,
    plain,
    reply_in_group,
    tell_again,
    to_citizen,
    to_deputies,
    to_person,
    with_undo,
)
from services.notify.questions import decision_everywhere
from services.notify.queue import queue

__all__ = [
    "added",
    "address",
    "card",
    "dead_letter",
    "decision_everywhere",
    "files_under_card",
    "here",
    "home",
    "in_chat",
    "in_private",
    "plain",
    "quality",
    "queue",
    "receipt",
    "receipts_of_followers",
    "removed_from",
    "reply_in_group",
    "say",
    "tell_again",
    "to_administrators",
    "to_citizen",
    "to_deputies",
    "to_person",
    "triage",
    "triage_if_shown",
    "under_card",
    "under_every_card",
    "with_undo",
    "words_of_citizen",
]
