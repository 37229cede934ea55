"""Whose role is over holds nothing: what he held goes back to the block (domain.md §1, §11).

A role ends by its term, when nobody presses anything, or by /roles, when the administrator is asked
what becomes of the cases and may put that off.
"""

from __future__ import annotations

from datetime import timedelta

from services import cases, clocks, notify, work
from services.access import BLOCK_STAFF, HUB
from services.calendar import is_working_time
from services.desk import Desk, use_case
from services.lifecycle import Action
from services.model import Appeal, Person, State
from services.notices import Kind

PATIENCE = timedelta(hours=1)
"""How long the administrator may think before the hub frees the cases itself [ours]."""


@use_case
async def free(desk: Desk) -> int:
    """Free what is held without a role (a job); run again it finds nothing.

    What waits for a citizen, a checker or a date is freed once that is over: its next step is not
    the holder's. Returns how many.
    """
    freed, since = 0, desk.now - PATIENCE
    for found in await desk.uow.overview.held_without_role(BLOCK_STAFF, since):
        appeal = await cases.locked(desk, found.id)
        gone = appeal.holder_id
        if gone is None or appeal.state is not State.IN_PROGRESS or not _heard_now(desk, appeal):
            continue
        if await cases.holder_of(desk, appeal) is not None:
            continue
        await work.shelve_drafts(desk, appeal)
        appeal = await cases.move(desk, appeal, Action.GIVE_UP, HUB, code="role_over")
        await notify.card(desk, appeal)
        notify.receipt(desk, appeal)
        name = (await desk.uow.need(Person, gone)).first_name
        await notify.under_card(
            desk,
            appeal,
            Kind.PLAIN,
            text="role_over",
            values={"name": name, "number": appeal.id},
        )
        freed += 1
    return freed


def _heard_now(desk: Desk, appeal: Appeal) -> bool:
    """Somebody is there to take it: a term ends at midnight, the block is told in the morning."""
    around_the_clock = clocks.policy_of(desk, appeal).around_the_clock
    return around_the_clock or is_working_time(desk.town.calendar, desk.now)
