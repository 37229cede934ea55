"""A citizen whose report follows a problem: stays, asks for less, or goes his own way."""

from __future__ import annotations

from dataclasses import replace

from services import notify, problems
from services.access import Actor
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.model import Appeal, AppealId, Problem, State
from services.notices import Kind


@use_case
async def leave(desk: Desk, *, actor: Actor, problem_id: int, appeal_id: AppealId) -> Appeal:
    """«У меня другое»: the citizen's report goes its own way."""
    problem = await problems.locked(desk, problem_id)
    appeal = await _own(desk, actor, problem, appeal_id)
    appeal = await problems.apart(desk, appeal, actor)
    await problems.fewer(desk, problem, await desk.uow.need(Appeal, problem.lead_id))
    await _retell(desk, appeal, problem, "other")
    return appeal


@use_case
async def stay(desk: Desk, *, actor: Actor, problem_id: int, appeal_id: AppealId) -> None:
    """«У меня тоже»: news come to him."""
    problem = await problems.locked(desk, problem_id)
    appeal = await _own(desk, actor, problem, appeal_id)
    await _retell(desk, desk.uow.put(replace(appeal, quiet=False)), problem, "join")
    # The question may stand in the receipt: it goes from there, once its answer is in the chat.
    notify.receipt(desk, appeal)


@use_case
async def hush(desk: Desk, *, actor: Actor, problem_id: int, appeal_id: AppealId) -> None:
    """«Только итог»: no news but the answer."""
    problem = await problems.locked(desk, problem_id)
    appeal = await _own(desk, actor, problem, appeal_id)
    await _retell(desk, desk.uow.put(replace(appeal, quiet=True)), problem, "quiet")


async def _own(desk: Desk, actor: Actor, problem: Problem, appeal_id: AppealId) -> Appeal:
    appeal = await desk.uow.lock(Appeal, appeal_id)
    if appeal is None or appeal.person_id != actor.person_id:
        raise DomainError("not_yours", number=appeal_id)
    if appeal.problem_id != problem.id or appeal.state is not State.MERGED:
        raise OutOfDate("moved_on")
    return appeal


async def _retell(desk: Desk, appeal: Appeal, problem: Problem, step: str) -> None:
    asked = await desk.uow.screens.anchored(f"problem_joined:{appeal.id}")
    if asked is not None:
        # It asks no more, whatever is brought up to date in it (notify.receipts_of_followers).
        desk.uow.put(replace(asked, data={**asked.data, "asks": None}))
    notify.to_citizen(
        desk,
        appeal,
        Kind.PROBLEM_JOINED,
        anchor=f"problem_joined:{appeal.id}",
        problem=problem.id,
        step=step,
    )
