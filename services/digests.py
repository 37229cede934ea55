"""The morning: who is written a digest, of which blocks (domain.md §6)."""

from __future__ import annotations

from datetime import date

from services import digest_picture, notify, outages, substitutes
from services.calendar import is_working_day
from services.desk import Desk, use_case
from services.digest_picture import Picture
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
    seen = await digest_picture.morning(desk, day=day)
    written = 0
    for person_id, scope in (await _readers(desk)).items():
        blocks = [code for code in desk.town.blocks if code in scope]
        anchor = f"digest:{day.isoformat()}:{person_id}"
        written += await notify.in_private(
            desk,
            person_id,
            Kind.DIGEST,
            key=f"digest:{day.isoformat()}",
            anchor=anchor,
            priority=Priority.DIGEST,
            day=day.isoformat(),
            blocks=blocks,
            late=late,
            silent_since=since.isoformat() if since else None,
        )
        await _picture(desk, person_id, digest_picture.of_blocks(seen, blocks), under=anchor)
    return written


async def _picture(desk: Desk, person_id: PersonId, seen: Picture, *, under: str) -> None:
    """What is seen this morning goes with the notice, however late that is sent."""
    if seen.blank:
        return
    day = seen.day.isoformat()
    await notify.in_private(
        desk,
        person_id,
        Kind.DIGEST_PICTURE,
        key=f"digest_picture:{day}",
        anchor=f"digest_picture:{day}:{person_id}",
        priority=Priority.DIGEST,
        under=under,
        picture=digest_picture.as_ref(seen),
    )


async def _readers(desk: Desk) -> dict[PersonId, set[str]]:
    """Everybody who reads a digest, with his blocks; a substitute instead of the absent."""
    readers: dict[PersonId, set[str]] = {}
    grants = await substitutes.acting(desk, Role.BLK)
    for grant in [*grants, *await substitutes.acting(desk, Role.MHD)]:
        everything = grant.role is Role.MHD or grant.scope == WHOLE_CENTRE
        blocks = set(desk.town.blocks) if everything else {grant.scope}
        readers.setdefault(grant.person_id, set()).update(blocks)
    return readers
