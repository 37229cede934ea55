"""Under a card: staff said what the case is about, and a minute long may take it back."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from bot.i18n import _
from bot.views.frame import Frame, urgency_word
from bot.views.hands import due
from bot.views.media import above
from bot.views.rendered import Button, Rendered, Rows
from services import told_topics, undo
from services.button_data import data
from services.model import Appeal, Event
from storage.outbox import OutboxRow


async def told(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The topic and what follows from it; a minute long a button to undo it."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    events = await frame.uow.appeals.events_of(appeal.id)
    event = next((e for e in events if e.seq == row.ref["seq"]), None)
    if event is None:
        return None
    under = await above(frame, row, f"card:{appeal.id}:{row.chat_id}", f"triage:{appeal.id}")
    if undo.is_undone(events, event.seq):
        text = _("No. {number}: the change of the topic was undone.", number=appeal.id)
        return Rendered(text, reply_to=under, silent=True)
    topic = frame.town.topics.get(event.word)
    lines = [
        _(
            "No. {number}, topic: {topic}. Said by {name}.",
            number=appeal.id,
            topic=escape(frame.topic(event.word)),
            name=await frame.name(event.actor_id),
        ),
        *await _follows(frame, appeal, events, event),
        _("«Solved» needs a photo «after» for this topic") + "."
        if topic is not None and topic.evidence
        else "",
    ]
    keys: Rows = ()
    stands = told_topics.told(events) == event and event.word == appeal.topic
    if stands and told_topics.may_undo(events, event, frame.now):
        keys = ((Button(_("Undo the topic"), data("s1", "untopic", appeal.id, event.seq)),),)
    text = "\n".join(one for one in lines if one)
    return Rendered(text, keys, reply_to=under, silent=True)


async def _follows(
    frame: Frame, appeal: Appeal, events: Sequence[Event], event: Event
) -> list[str]:
    raised = told_topics.raised_by(events, event)
    if raised is None:
        return []
    word, moment = urgency_word(raised[1]), await due(frame, appeal)
    return [_("More urgent by the topic: {urgency}, due {moment}.", urgency=word, moment=moment)]
