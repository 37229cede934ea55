"""The morning: who is written a digest, of which blocks (domain.md §6)."""

from __future__ import annotations

from datetime import date

from services import notify, outages, substitutes
from services.calendar import is_working_day
from services.desk import Desk, use_case
from services.model import WHOLE_CENTRE, PersonId, Role
from services.notices import Kind, Priority


@use_case
async def write_all(desk: Desk, *, day: date, late: bool = False) -> int:
    """Queue the digest of `day` for every deputy, and of the whole centre for its head.

    Run again it queues nothing twice. `late`: its hour passed while the hub was silent.
    """
    if not is_working_day(desk.town.calendar, day):
        return 0
    since = await outages.silent_since(desk) if late else None
    written = 0
    for person_id, blocks in (await _readers(desk)).items():
        written += await notify.in_private(
            desk,
            person_id,
            Kind.DIGEST,
            key=f"digest:{day.isoformat()}",
            priority=Priority.DIGEST,
            day=day.isoformat(),
            blocks=[code for code in desk.town.blocks if code in blocks],
            late=late,
            silent_since=since.isoformat() if since else None,
        )
    return written


async def _readers(desk: Desk) -> dict[PersonId, set[str]]:
    """Everybody who reads a digest, with his blocks; a substitute instead of the absent."""
    readers: dict[PersonId, set[str]] = {}
    grants = await substitutes.acting(desk, Role.BLK)
    for grant in [*grants, *await substitutes.acting(desk, Role.MHD)]:
        everything = grant.role is Role.MHD or grant.scope == WHOLE_CENTRE
        blocks = set(desk.town.blocks) if everything else {grant.scope}
        readers.setdefault(grant.person_id, set()).update(blocks)
    return readers
