"""What staff have said a case is about: on its card and in its history."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.frame import Frame
from services import told_topics
from services.model import Appeal, Event


async def line(frame: Frame, appeal: Appeal, events: list[Event]) -> str:
    """«Тема: нет воды · Иван, 24.11 10:30», where a person told it."""
    event = told_topics.told(events)
    if event is None or event.word != appeal.topic:
        return ""
    said = _(
        "Topic: {topic} · {name}, {moment}",
        topic=escape(frame.topic(appeal.topic)),
        name=await frame.name(event.actor_id),
        moment=frame.stamp(event.at),
    )
    return f"<i>{said}</i>"


def block_told(frame: Frame, events: list[Event]) -> list[str]:
    """Whose it may be, by who said what it is about."""
    topic = told_topics.told_topic(frame.town, events)
    return [topic.block] if topic is not None else []


def change_words(frame: Frame, code: str, before: str) -> str:
    """«слабый напор воды → нет воды» in the history."""
    if code.startswith("undo:"):
        return _("undone")
    return " → ".join(filter(None, (escape(frame.topic(t) or t) for t in (before, code))))
