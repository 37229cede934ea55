"""Who acts in a role now: an absent person's substitute stands in his place (domain.md §1)."""

from __future__ import annotations

from collections.abc import Iterable

from services.desk import Desk
from services.model import WHOLE_CENTRE, Grant, PersonId, Role


async def acting(desk: Desk, role: Role, *, scopes: Iterable[str] | None = None) -> list[Grant]:
    """Grants of `role` whose holders are to be asked and told now.

    While somebody is away, his substitute's grant is here and his own is not.
    """
    grants = await desk.uow.people.holders(role, desk.now, scopes=scopes)
    away = {(g.on_behalf_of, g.scope) for g in grants if g.on_behalf_of is not None}
    return [g for g in grants if (g.person_id, g.scope) not in away]


async def responsible(desk: Desk, block: str | None, *roles: Role) -> list[PersonId]:
    """Those who act in `roles` for a block, or for the whole centre; each once."""
    scopes = [s for s in (block, WHOLE_CENTRE) if s]
    found = [g.person_id for role in roles for g in await acting(desk, role, scopes=scopes)]
    return list(dict.fromkeys(found))
