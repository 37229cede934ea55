"""What is said to whom: a fact waiting in the outbox. Words are made when it is delivered."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from services.model import AppealId, PersonId


class Kind(StrEnum):
    """Every notice of the product; bot/views has one renderer for each."""

    # to a citizen
    CONSENT = "consent"
    EMERGENCY_ADVICE = "emergency_advice"
    RECEIPT = "receipt"
    WHY = "why"
    TAKEN = "taken"
    QUESTION = "question"
    REPLY_PASSED = "reply_passed"
    ADDED = "added"
    ANSWER = "answer"
    INTERIM = "interim"
    REST_ASKED = "rest_asked"
    CHILD_MADE = "child_made"
    REOPENED = "reopened"
    DISPUTED = "disputed"
    COMMENT_PASSED = "comment_passed"
    FORGET = "forget"
    MY_LIST = "my_list"
    MY_CASE = "my_case"
    LANGUAGE = "language"
    PRIVACY = "privacy"
    EXPORT = "export"
    """The person's own data as a file."""
    PLACE_ASKED = "place_asked"
    STREETS_ASKED = "streets_asked"
    """Two streets of one name: which settlement?"""
    POINT_ASKED = "point_asked"
    """A point outside of the municipality: ref {"point": [latitude, longitude]}."""
    PLACE_NOTED = "place_noted"
    OPINION_PASSED = "opinion_passed"
    BLOCK_CHANGED = "block_changed"
    PLAIN = "plain"
    """A fixed text by name, for commands and refusals: ref {"text": name, "values": {…}}."""
    # to staff
    CARD = "card"
    LONG_WORDS = "long_words"
    """What a card has no room for: the end of a long text."""
    MEDIA = "media"
    """Files after a text: the citizen's under the card, the executor's after the answer."""
    TRIAGE = "triage"
    BLOCK_MENU = "block_menu"
    DRAFT = "draft"
    PROMPT = "prompt"
    MENU = "menu"
    """A page of a menu under a card: ref {"name": …, "owner": …}."""
    REMOVE = "remove"
    """Deletes a message of ours: ref {"message": its id}."""
    DECISION = "decision"
    QUALITY = "quality"
    SENT_BACK = "sent_back"
    CITIZEN_REPLIED = "citizen_replied"
    CITIZEN_OPINION = "citizen_opinion"
    """Whose it is as the citizen sees it: ref {"block": code, "any", None: settled}."""
    CITIZEN_SILENT = "citizen_silent"
    CITIZEN_RETURNED = "citizen_returned"
    REMINDER = "reminder"
    OVERDUE_DEPUTY = "overdue_deputy"
    UNOWNED = "unowned"
    REPEAT_PROPOSED = "repeat_proposed"
    RETURN_JUDGED = "return_judged"
    PROMISE_DAY = "promise_day"
    EXTENSION_DECIDED = "extension_decided"
    EXTENSION_LATE = "extension_late"
    EMERGENCY_UNCONSENTED = "emergency_unconsented"
    DISPUTE = "dispute"
    DECIDED = "decided"
    DIGEST = "digest"
    BOUND = "bound"
    INVITATION = "invitation"
    DEAD_LETTER = "dead_letter"
    PARKED = "parked"
    HANDED_OVER = "handed_over"
    LAST_ANSWER = "last_answer"
    HELP_ASKED = "help_asked"
    QUESTION_WAITS = "question_waits"
    """To the citizen: two days, five days without his answer to a question."""


class Priority(IntEnum):
    """Across chats; inside a chat the order is first in, first out (architecture.md §Out 2)."""

    EMERGENCY = 0
    ANSWER = 1
    CARD = 2
    REMINDER = 3
    EDIT = 4
    DIGEST = 5
    BROADCAST = 6


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to say in one chat.

    `anchor`: when a message with this anchor already stands in the chat it is edited, else the
    notice is sent anew and remembered under it. `dedup_key`: a second notice with the same key is
    dropped. `coalesce_key`: at most one unsent notice has it; the newest state is rendered anyway.
    """

    kind: Kind
    channel: str
    chat_id: str
    not_before: datetime
    priority: Priority = Priority.ANSWER
    person_id: PersonId | None = None
    appeal_id: AppealId | None = None
    anchor: str | None = None
    ref: dict[str, Any] = field(default_factory=dict)
    dedup_key: str | None = None
    coalesce_key: str | None = None
