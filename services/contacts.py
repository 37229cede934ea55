"""Telephones that citizens gave: kept apart, shown to the case's holder only, each look logged.

The table lies in the operator's database as it is: the product carries no cipher of its own, and
the disk under the database is the operator's to encrypt.
"""

from __future__ import annotations

from services import cases, notify
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import DomainError
from services.model import Appeal, AppealId, Contact, Person, PersonId
from services.notices import Kind

PHONE = "phone"
LIMIT = 64


def keep(desk: Desk, person: Person, phone: str, *, appeal: Appeal | None = None) -> Contact:
    """Remember a telephone that a person shared. It never reaches a chat or a log."""
    return desk.uow.add(
        Contact(
            id=desk.uow.new_id(Contact),
            person_id=person.id,
            appeal_id=appeal.id if appeal else None,
            kind=PHONE,
            value=phone.strip()[:LIMIT],
            at=desk.now,
        )
    )


async def phone_of(desk: Desk, person_id: PersonId) -> Contact | None:
    """The newest telephone of a person."""
    found = [c for c in await desk.uow.people.contacts_of(person_id) if c.kind == PHONE]
    return found[-1] if found else None


async def erase(desk: Desk, person_id: PersonId) -> None:
    """Delete what a person left (part of «Delete me»)."""
    for contact in await desk.uow.people.contacts_of(person_id):
        desk.uow.remove(contact)


@use_case
async def reveal(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Contact:
    """«Показать контакт»: to the holder, in private; the look is an event.

    Raises Denied, DomainError(«only_holder», «no_contact»).
    """
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Deed.VIEW, block=appeal.block)
    if actor.person_id is None or appeal.holder_id != actor.person_id:
        raise DomainError("only_holder")
    contact = await phone_of(desk, appeal.person_id)
    if contact is None:
        raise DomainError("no_contact")
    cases.note_event(desk, appeal, "reveal", actor, deed=Deed.VIEW)
    await notify.in_private(
        desk, actor.person_id, Kind.CONTACT, about=appeal.id, contact=contact.id
    )
    return contact
