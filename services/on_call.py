"""Who of the duty people an emergency calls now."""

from __future__ import annotations

from services import notify
from services.desk import Desk
from services.model import PersonId, Role


async def people(desk: Desk) -> list[PersonId]:
    """Who is called: the duty officers on shift; nobody there, all of them; none, the heads."""
    officers = await holders(desk, Role.DUT)
    heads = await holders(desk, Role.MHD)
    on_shift = [s.person_id for s in await desk.uow.duty.on_shift()]
    for group in (
        [p for p in on_shift if p in officers or p in heads],
        officers,
        heads,
    ):
        reached = [p for p in dict.fromkeys(group) if await reachable(desk, p)]
        if reached:
            return reached
    return []


async def holders(desk: Desk, role: Role) -> list[PersonId]:
    """Everybody who has the role now."""
    return [g.person_id for g in await desk.uow.people.holders(role, desk.now)]


async def reachable(desk: Desk, person_id: PersonId) -> bool:
    """The bot may write to him."""
    return await notify.address(desk, person_id) is not None
