"""«Назначить» in private: whom to, what came of it, and the word to who got the case (§2.10)."""

from __future__ import annotations

from datetime import datetime

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.hands import due
from bot.views.menus.moving import crew_rows
from bot.views.rendered import Button, Rendered, Rows
from services import cases
from services.access import Actor, held
from services.button_data import data
from services.hand_over import crew
from services.lifecycle import Action
from services.model import Appeal, PersonId
from storage.outbox import OutboxRow


async def menu(frame: Frame, row: OutboxRow) -> Rendered:
    """Everybody of the block with his load; once chosen, one line."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    given = row.ref.get("given")
    if given is not None:
        name, at = await frame.name(given), datetime.fromisoformat(row.ref["at"])
        return Rendered(
            _(
                "No. {number} is assigned: {name}, {hour}",
                number=appeal.id,
                name=name,
                hour=frame.hour(at),
            )
        )
    found = await crew(frame.uow, appeal, frame.now)
    cancel = Button(_("Cancel"), data("d1", "asgx", appeal.id))
    if not found:
        text = _("No. {number}: nobody else in the block yet.", number=appeal.id)
        return Rendered(text, ((cancel,),), silent=True)
    rows = crew_rows(
        found,
        row.ref.get("page", 1),
        to_page=lambda page: data("d1", "asgp", appeal.id, page),
        to_person=lambda person: data("d1", "asgto", appeal.id, person),
    )
    text = _("No. {number}, {what}: to whom?", number=appeal.id, what=frame.essence(appeal))
    return Rendered(text, (*rows, (cancel,)), silent=True)


async def assigned(frame: Frame, row: OutboxRow) -> Rendered:
    """To who got the case, in private."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    return Rendered(
        _(
            "{name} assigns No. {number} to you: {what}. Answer by {moment}. The card is in the "
            "block's chat.",
            name=await frame.name(row.ref["by"]),
            number=appeal.id,
            what=frame.essence(appeal),
            moment=await due(frame, appeal),
        )
    )


async def actor_of(frame: Frame, person_id: int | None) -> Actor:
    """The reader with the roles he holds now: which buttons are his."""
    if person_id is None:
        return Actor(None)
    grants = await frame.uow.people.grants_of(PersonId(person_id))
    return Actor(PersonId(person_id), held(grants, frame.now))


async def button(frame: Frame, appeal: Appeal, reader: int | None) -> Rows:
    """«Назначить», where the reader may."""
    if not cases.may(await actor_of(frame, reader), Action.ASSIGN, appeal):
        return ()
    return ((Button(_("Assign"), data("d1", "assign", appeal.id)),),)
