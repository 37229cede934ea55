"""The two problems of one text become two cases (services/twins), each with a clock of its own."""

from __future__ import annotations

from dataclasses import replace

from services import audit, cases, intake, opening, told_topics, twins
from services.access import HUB, Actor, authorise
from services.desk import Desk
from services.errors import OutOfDate
from services.lifecycle import Action
from services.model import Appeal, Person
from services.understanding.segments import Segment
from services.wire import Author, Message, cut


async def halve(
    desk: Desk, appeal: Appeal, person: Person, actor: Actor, *, by: Actor | None = None
) -> tuple[Appeal, Appeal]:
    """The case with its first problem, and the new one with the second, as old as the first.

    `by`: who registers the new one for the citizen. Raises OutOfDate when it is parted already, or
    its words tell of two problems no more.
    """
    parts = twins.two_of(
        desk.understand, twins.opening_text(await desk.uow.appeals.utterances_of(appeal.id))
    )
    events = await desk.uow.appeals.events_of(appeal.id)
    if not parts or any(e.action == twins.SPLIT_OFF for e in events):
        raise OutOfDate("outdated")
    first, second = parts
    author = Author(appeal.channel, appeal.chat_id, person.first_name, person.locale)
    message = Message(appeal.channel, "", author, appeal.chat_id, desk.now, second.text)
    twin = await intake.register(desk, person=person, message=message, split_from=appeal, by=by)
    appeal = audit.record(
        desk,
        appeal,
        action=twins.SPLIT_OFF,
        actor=actor,
        role=authorise(actor, Action.SPLIT, block=appeal.block, owner=appeal.person_id),
        source=appeal.state,
        code=str(twin.id),
    )
    told = told_topics.told(events) is not None
    appeal = await _about_the_first(desk, desk.uow.put(appeal), first, told=told)
    twins.made(desk, appeal, twin, parts)
    return appeal, twin


async def _about_the_first(desk: Desk, appeal: Appeal, first: Segment, *, told: bool) -> Appeal:
    """Its card speaks of the one problem that is left in it.

    What could not be routed with two problems in it may be sure with one; what a person has `told`
    it is about goes where a person sends it.
    """
    seen = desk.understand(first.text)
    appeal = desk.uow.put(replace(appeal, text=cut(seen.masked, opening.CARD_TEXT)))
    if told or appeal.block is not None or not seen.sure or seen.block is None:
        return appeal
    appeal = desk.uow.put(replace(appeal, essence=seen.essence[:255], **opening.suggestions(seen)))
    appeal = await cases.move(desk, appeal, Action.ROUTE, HUB, code=seen.block, block=seen.block)
    intake.count(desk, appeal, "received")
    return appeal
