"""/rating: how the blocks did in a period, from the daily facts (conversations.md §3.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from services import notify, oversight
from services.calendar import local_day
from services.desk import Desk, use_case
from services.digest_facts import Work, work_of
from services.errors import OutOfDate
from services.model import Posted
from services.notices import Kind

if TYPE_CHECKING:
    from services.directory import Known

WEEK, MONTH, QUARTER = "w", "m", "q"
FEW = 5
"""Below so many cases due a block is not judged (domain.md §5)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The blocks of a reader in a period, both days included."""

    first: date
    last: date
    blocks: dict[str, Work]


def period(today: date, code: str) -> tuple[date, date]:
    """This week, month or quarter, up to today."""
    first = {
        WEEK: today - timedelta(days=today.weekday()),
        MONTH: today.replace(day=1),
        QUARTER: today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1),
    }[code]
    return first, today


async def standing(desk: Desk, blocks: tuple[str, ...], code: str) -> Standing:
    """What each block did; blocks without any case are left out."""
    first, last = period(local_day(desk.town.calendar, desk.now), code)
    sums = await desk.uow.statistics.sums(first, last, blocks)
    return Standing(first, last, {b: w for b in blocks if (w := work_of(sums, b)) != Work()})


@use_case
async def show(
    desk: Desk,
    known: Known,
    *,
    chat: str,
    code: str = MONTH,
    turned: Posted | None = None,
) -> None:
    """The rating in a private chat; `turned` is the message that gets another period.

    Raises Denied, OutOfDate.
    """
    if code not in (WEEK, MONTH, QUARTER):
        raise OutOfDate("outdated")
    blocks = oversight.blocks_of(desk, known.actor)
    anchor = turned.anchor if turned is not None and turned.kind == Kind.RATING else None
    notify.here(
        desk,
        known,
        Kind.RATING,
        chat=chat,
        anchor=anchor or f"rating:{desk.uow.new_number('posted')}",
        blocks=list(blocks),
        period=code,
    )
