"""Under a card, between colleagues: handed over, the answer of the time before, help asked."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bot.i18n import _
from bot.views.cards import under
from bot.views.frame import Frame, quote
from bot.views.rendered import Button, Rendered, Rows
from services import undo
from services.button_data import data
from services.lifecycle import Action
from services.model import Answer, Appeal, Event
from services.policies import ClockKind, Urgency
from services.understanding.personal import mask
from storage.outbox import OutboxRow

REASONS: dict[str, Callable[[], str]] = {
    "ppl": lambda: _("No people"),
    "mat": lambda: _("No material"),
    "ctr": lambda: _("Awaiting contractor"),
    "dec": lambda: _("Decide urgently"),
}


async def due(frame: Frame, appeal: Appeal) -> str:
    """When the answer is owed: «пт 4.12 17:00»."""
    kinds = (ClockKind.ANSWER, ClockKind.FIX)
    clocks = await frame.uow.appeals.clocks_of(appeal.id)
    clock = next((c for c in reversed(clocks) if c.kind in kinds), None)
    return frame.short(clock.due_at) if clock else "—"


async def handed_over(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Calls the new holder by name; a minute long whoever gave it may take it back."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    events = await frame.uow.appeals.events_of(appeal.id)
    event = next((e for e in events if e.seq == row.ref["seq"]), None)
    above = await under(frame, f"card:{appeal.id}:{row.chat_id}")
    if event is None:
        return None
    if undo.is_undone(events, event.seq):
        return Rendered(_("No. {number}: the hand-over was undone.", number=appeal.id))
    name = await frame.mention(undo.receiver(event) or 0, row.channel)
    text = (
        _("{name}, No. {number} is yours now. The date is the same: {moment}.")
        if row.ref["same_date"]
        else _("{name}, No. {number} is yours now. Answer by {moment}.")
    ).format(name=name, number=appeal.id, moment=await due(frame, appeal))
    if event.action == Action.ASSIGN:
        text += " " + _("Assigned by {name}.", name=await frame.name(event.actor_id))
        return Rendered(text, reply_to=above)
    return Rendered(text, _undo(frame, appeal, event), reply_to=above)


def _undo(frame: Frame, appeal: Appeal, event: Event) -> Rows:
    told = event.action == Action.TAKE and appeal.urgency is Urgency.EMERGENCY
    if told or not undo.in_time(event.at, frame.now):
        return ()
    return ((Button(_("Undo the hand-over"), data("s1", "undo", appeal.id, event.seq)),),)


async def last_answer(frame: Frame, row: OutboxRow) -> Rendered:
    """What the citizen was told before, and what he said to it."""
    answer = await frame.uow.need(Answer, row.ref["answer"])
    rating = await frame.uow.appeals.rating_of(answer.id)
    public = frame.town.public_numbers
    head = _(
        "<b>Last answer to No. {number}</b>, {name}, {moment}",
        number=row.appeal_id,
        name=await frame.name(answer.author_id),
        moment=frame.stamp(answer.checked_at or answer.created_at),
    )
    lines = [head, quote(mask(answer.text, public=public), folded=True)]
    if rating is not None and rating.comment:
        said = mask(rating.comment, public=public)
        lines += [_("The citizen about the answer:"), quote(said, limit=600)]
    above = await under(frame, f"card:{row.appeal_id}:{row.chat_id}")
    return Rendered("\n".join(lines), reply_to=above, silent=True)


async def help_asked(frame: Frame, row: OutboxRow) -> Rendered:
    """In private to who can help; under the card, that he was told."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    reason = REASONS[row.ref["reason"]]().lower()
    if not row.ref["private"]:
        names = ", ".join([await frame.name(p) for p in row.ref["told"]])
        return Rendered(
            _(
                "No. {number}: help was asked of {names}, {reason}.",
                number=appeal.id,
                names=names,
                reason=reason,
            ),
            reply_to=await under(frame, f"card:{appeal.id}:{row.chat_id}"),
            silent=True,
        )
    lines = [
        _("<b>Help is needed: No. {number}</b>, {reason}", number=appeal.id, reason=reason),
        f"{frame.essence(appeal)} · {escape(appeal.place or _('place unknown'))}",
        _(
            "Held by {name}, answer by {moment}.",
            name=await frame.name(appeal.holder_id),
            moment=await due(frame, appeal),
        ),
    ]
    return Rendered("\n".join(lines))
