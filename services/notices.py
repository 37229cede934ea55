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
    ADD_MORE = "add_more"
    LATE_EDIT = "late_edit"
    ANSWER = "answer"
    INTERIM = "interim"
    REST_ASKED = "rest_asked"
    CHILD_MADE = "child_made"
    REOPENED = "reopened"
    DISPUTED = "disputed"
    COMMENT_PASSED = "comment_passed"
    OWN_DELAY = "own_delay"
    UNCLEAR_ASKED = "unclear_asked"
    UNCLEAR_PASSED = "unclear_passed"
    EXPLAINED = "explained"
    """The duty officer's words to what was not clear: ref {"text": …}."""
    FORWARDED = "forwarded"
    REJECTED = "rejected"
    ASK_AGAIN = "ask_again"
    FORGET = "forget"
    PROBLEM_JOINED = "problem_joined"
    PROBLEM_NEWS = "problem_news"
    WORDS_ASKED = "words_asked"
    """What is in files that came without a word: ref {"what": services.attachments.GROUPS}."""
    JOINED = "joined"
    """His second message about the same thing goes on under the first number."""
    MY_LIST = "my_list"
    MY_CASE = "my_case"
    LANGUAGE = "language"
    PRIVACY = "privacy"
    EXPORT = "export"
    """The person's own data as a file."""
    TWO_PROBLEMS = "two_problems"
    """Is the second problem a matter of its own? ref {"first", "second": topics, "new"}."""
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
    DRAFT = "draft"
    PROMPT = "prompt"
    MENU = "menu"
    """A page of a menu under a card: ref {"name": …, "owner": …}."""
    REMOVE = "remove"
    """Deletes a message of ours: ref {"message": its id}."""
    ERASED = "erased"
    """In the place of words whose author had them erased."""
    DECISION = "decision"
    QUALITY = "quality"
    SENT_BACK = "sent_back"
    CITIZEN_REPLIED = "citizen_replied"
    CITIZEN_ASKS = "citizen_asks"
    """His questions, for who is about to answer; apart from the prompt, which can't be edited."""
    PARTED = "parted"
    """Words that were added turned out to be about something else."""
    CALM = "calm"
    """The citizen says that it is dangerous no more."""
    CITIZEN_OPINION = "citizen_opinion"
    """Whose it is as the citizen sees it: ref {"block": code, "any", None: settled}."""
    CITIZEN_SILENT = "citizen_silent"
    CITIZEN_RETURNED = "citizen_returned"
    UNCLEAR = "unclear"
    """To the duty chat: a reply to it goes to the citizen."""
    FORWARD_DUE = "forward_due"
    """The day an outside service should have answered; a reply goes to the citizen."""
    THIRD_RETURN = "third_return"
    CHECK_LATE = "check_late"
    HISTORY = "history"
    CONTACT = "contact"
    HIDDEN = "hidden"
    """What cards mask, to the holder: ref {"said": ids of the utterances}."""
    REMINDER = "reminder"
    OVERDUE = "overdue"
    """A missed deadline to somebody above the holder: ref {"clock": …, "step": the rung}."""
    OUTAGE = "outage"
    """Many reminders that came late as one: a list stands behind its button."""
    LIST = "list"
    """Cases or questions, five a page: ref {"name": …, "blocks": …, "page": …}."""
    NUDGE = "nudge"
    """To the holder of an overdue case, on the word of somebody above."""
    TODO = "todo"
    """At 16:00: what waits for a decision until the end of the day."""
    RATING = "rating"
    AWAY = "away"
    """Who stands in for somebody and until when: a dialogue in one message."""
    SUBSTITUTE = "substitute"
    """To the substitute: it begins, it ends."""
    CASE_TEXT = "case_text"
    """A card read in private, with what its reader may do from there."""
    TERMINATED = "terminated"
    """To the citizen: ended by the head of the centre, with the reason."""
    REASON_ASKED = "reason_asked"
    """In private to who decides: ref {"text": a fixed text}, with «Отмена»."""
    ASSIGN = "assign"
    """«Назначить» in private: whom to, then what was chosen."""
    ASSIGNED = "assigned"
    """In private, to who got the case."""
    UNOWNED = "unowned"
    TELL = "tell"
    """What a citizen without a messenger must be told by phone: ref {"kind", "task", …}."""
    CALL_FORM = "call_form"
    SHIFT = "shift"
    SHIFT_CHANGED = "shift_changed"
    QUEUE = "queue"
    CARD_COPY = "card_copy"
    """How a case stands now, without buttons."""
    REPEAT_PROPOSED = "repeat_proposed"
    RETURN_JUDGED = "return_judged"
    PROMISE_DAY = "promise_day"
    EXTENSION_DECIDED = "extension_decided"
    EXTENSION_LATE = "extension_late"
    EMERGENCY_UNCONSENTED = "emergency_unconsented"
    PROBLEM_GROWS = "problem_grows"
    PROBLEM_TOLD = "problem_told"
    PROBLEM_PROPOSED = "problem_proposed"
    PROBLEM_BY_HAND = "problem_by_hand"
    ALARM = "alarm"
    """An emergency calls a duty person in private: ref {"alarm": id}."""
    ALARM_UNANSWERED = "alarm_unanswered"
    ALARM_ACCEPTED = "alarm_accepted"
    """To somebody who has not consented: the duty people have his words."""
    DECIDED = "decided"
    DIGEST = "digest"
    DIGEST_PICTURE = "digest_picture"
    """Under the digest: ref {"picture": services.digest_picture, "under": the digest's anchor}."""
    BOUND = "bound"
    INVITATION = "invitation"
    DEAD_LETTER = "dead_letter"
    DEAD_LETTERS = "dead_letters"
    """Many of one cause, in one line."""
    DEAD_LIST = "dead_list"
    PARKED = "parked"
    """An update that could not be applied: ref {"serial", "what"}, or who saw to it."""
    PARKED_MANY = "parked_many"
    """Many of one cause, in one line: ref {"error"}."""
    PARKED_LIST = "parked_list"
    SPIKE = "spike"
    """A topic has grown: ref {"topic", "n", "usual"}, both of a week."""
    # to administrators
    BIND_MENU = "bind_menu"
    REBIND = "rebind"
    UNBOUND = "unbound"
    RIGHTS = "rights"
    """No words: delivery looks at what the bot may do in the chat."""
    RIGHTS_SHOWN = "rights_shown"
    PROBE = "probe"
    CHAT_SILENT = "chat_silent"
    ROLES_LIST = "roles_list"
    ROLES_MENU = "roles_menu"
    ROLE_REMOVED = "role_removed"
    TERM_PROMPT = "term_prompt"
    HEALTH = "health"
    FINDINGS = "findings"
    MODELS = "models"
    """Which models of the classifier there are: ref {"models": bot/teaching/listing}."""
    MODEL_LEARNT = "model_learnt"
    """What came of a learning: ref {"task"}."""
    LEAVE = "leave"
    """A last word in a group that is nobody's, and out: ref {"feed": a channel with readers}."""
    HANDED_OVER = "handed_over"
    TOPIC_TOLD = "topic_told"
    """Under the card: staff said what it is about: ref {"seq": the event}."""
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


PATIENCE: dict[Priority, float] = {
    Priority.EMERGENCY: -1e10,
    Priority.ANSWER: 0.0,
    Priority.CARD: 2.0,
    Priority.REMINDER: 20.0,
    Priority.EDIT: 30.0,
    Priority.DIGEST: 120.0,
    Priority.BROADCAST: 600.0,
}
"""Seconds for which what is written later and matters more goes first, when there is too much to
send: after that its age counts, so that nothing starves. Emergencies go before everything."""


def is_group(chat_id: str) -> bool:
    """The chat is a group, or a channel: its readers are many."""
    return chat_id.startswith("-")


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
