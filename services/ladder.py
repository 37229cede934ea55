"""Who learns of a missed deadline, rung by rung (domain.md §2; times in deadline_steps.ladder)."""

from __future__ import annotations

from services import substitutes
from services.desk import Desk
from services.model import Appeal, Clock, PersonId, Role

RUNGS: dict[str, tuple[Role, ...]] = {
    "department": (Role.DEP, Role.BHD),
    "deputy": (Role.BLK,),
    "mcu": (Role.MHD,),
    "coordinator": (Role.CRD,),
    "head": (Role.MAY,),
}
"""The steps of the ladder above the holder, and whose they are."""


async def hearers(desk: Desk, appeal: Appeal, rung: str) -> list[PersonId]:
    """Everybody on a rung, for the appeal's block; substitutes instead of the absent."""
    return await substitutes.responsible(desk, appeal.block, *RUNGS[rung])


async def next_rung(desk: Desk, appeal: Appeal, clock: Clock) -> tuple[str, int] | None:
    """The rung that hears next and when (microseconds since the epoch), empty ones left out."""
    for code, at in clock.steps:
        if code in RUNGS and await hearers(desk, appeal, code):
            return code, at
    return None
