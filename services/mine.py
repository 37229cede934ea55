"""/my: the citizen looks at his own appeals, takes one back, has it worked on again.

One message of his private chat is turned from the list to a case and back: `anchor` names it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from services import cases, clocks, deadlines, dialogs, duty_calls, notify, problem_work, work
from services.access import HUB
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import Appeal, AppealId, Outcome
from services.notices import Kind
from services.policies import Urgency

PAGE = 5
"""Appeals on one page of the list."""
TAKE_BACK_WEEK = timedelta(days=7)
"""How long a withdrawn appeal can be put to work again (conversations.md §1.6)."""


@use_case
async def show_list(desk: Desk, known: Known, *, chat: str, anchor: str, page: int = 1) -> None:
    """A page of the list, newest first."""
    notify.here(desk, known, Kind.MY_LIST, chat=chat, anchor=anchor, page=max(page, 1))


@use_case
async def show_case(
    desk: Desk, known: Known, number: AppealId, *, chat: str, anchor: str, ask: bool = False
) -> None:
    """One appeal with its history; `ask`: with the question whether to take it back."""
    await cases.of_author(desk, known.person.id, number)
    notify.here(desk, known, Kind.MY_CASE, chat=chat, anchor=anchor, number=number, ask=ask)


@use_case
async def withdraw(desk: Desk, known: Known, number: AppealId, *, chat: str, anchor: str) -> Appeal:
    """«Забрать»: work on it stops. Raises DomainError(«not_yours»), OutOfDate when it is over."""
    appeal = await cases.of_author(desk, known.person.id, number)
    await problem_work.lead_leaves(desk, appeal)
    appeal = await cases.move(desk, appeal, Action.WITHDRAW, known.actor, outcome=Outcome.WITHDRAWN)
    await work.shelve_drafts(desk, appeal)
    await dialogs.close(desk, known.person.id, chat)
    await _everywhere(desk, appeal)
    notify.here(desk, known, Kind.MY_CASE, chat=chat, anchor=anchor, number=number, ask=False)
    return appeal


def can_restore(appeal: Appeal, now: datetime) -> bool:
    """It was withdrawn by its author less than a week ago, and still says something."""
    if appeal.erased:
        return False
    if appeal.outcome is not Outcome.WITHDRAWN or appeal.closed_at is None:
        return False
    return now <= appeal.closed_at + TAKE_BACK_WEEK


@use_case
async def restore(desk: Desk, known: Known, number: AppealId, *, chat: str, anchor: str) -> Appeal:
    """A withdrawn appeal goes to work again; its clocks start anew.

    Raises DomainError(«erased», «too_late_to_restore» after a week), OutOfDate when it was not
    withdrawn.
    """
    appeal = await cases.of_author(desk, known.person.id, number)
    if appeal.outcome is not Outcome.WITHDRAWN:
        raise OutOfDate("moved_on")
    if appeal.erased:
        raise DomainError("erased", number=number)
    if not can_restore(appeal, desk.now):
        raise DomainError("too_late_to_restore", number=number)
    block = appeal.block
    appeal = await cases.move(desk, appeal, Action.RESTORE, known.actor, outcome=None)
    policy = clocks.policy_of(desk, appeal)
    clocks.start(desk, appeal, deadlines.deadlines(policy, desk.town.calendar, received=desk.now))
    if block is not None:
        appeal = await cases.move(desk, appeal, Action.ROUTE, HUB, code=block, block=block)
    await _everywhere(desk, appeal)
    if appeal.urgency is Urgency.EMERGENCY:
        await duty_calls.sound(desk, appeal)
    notify.here(desk, known, Kind.MY_CASE, chat=chat, anchor=anchor, number=number, ask=False)
    return appeal


async def _everywhere(desk: Desk, appeal: Appeal) -> None:
    """Cards and the receipt show what has become of it."""
    await notify.card(desk, appeal)
    await notify.triage_if_shown(desk, appeal)
    notify.receipt(desk, appeal)
