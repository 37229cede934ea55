"""May this version of an answer leave the author's hands?"""

from __future__ import annotations

from services.desk import Desk
from services.errors import DomainError
from services.hints import leaked
from services.model import Answer, Appeal, Outcome
from services.phrases import within

ANSWER_LIMIT = 3000
"""In UTF-16 units: header, footer and MAX's 4,000 still fit (conversations.md §0.4)."""


def evidence_missing(desk: Desk, appeal: Appeal, answer: Answer) -> bool:
    """The topic demands a photo «after» and there is none (invariant 5)."""
    topic = desk.town.topics.get(appeal.topic or "")
    return topic is not None and topic.evidence and not answer.photos


def checked_text(text: str) -> str:
    """The words of an answer. Raises DomainError(«empty_answer», «too_long»)."""
    return within(text, limit=ANSWER_LIMIT, empty="empty_answer")


def check_words(text: str) -> None:
    """No personal data in words for a citizen (E12). Raises DomainError(«visible_…»)."""
    what = leaked(text)
    if what is not None:
        raise DomainError(f"visible_{what}")


def check(desk: Desk, appeal: Appeal, answer: Answer) -> None:
    """Before an answer goes to the gate or to the citizen.

    Raises DomainError(«visible_…») by E12, «photo_needed» by invariant 5, «ground_needed» and
    «advice_needed» for a refusal that does not say why or what the person can do (§1.11).
    """
    check_words(f"{answer.text}\n{answer.advice or ''}")
    if answer.outcome is Outcome.SOLVED and evidence_missing(desk, appeal, answer):
        raise DomainError("photo_needed")
    if answer.outcome is Outcome.REFUSED:
        if answer.ground is None:
            raise DomainError("ground_needed")
        if not answer.advice:
            raise DomainError("advice_needed")
