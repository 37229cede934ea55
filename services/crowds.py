"""A crowd: several people say the same within seconds. Staff see it before they have all spoken.

Only as many as make a mass problem are not listened to any longer. Whoever joins it later is: what
he would say next comes to the staff's chat as one report, and not as a line of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from services.desk import Desk
from services.model import Draft
from services.policies import Urgency
from services.problem_rules import AUTHORS, lasts, place_key


async def first(desk: Desk, waiting: Sequence[Draft]) -> list[Draft]:
    """The first drafts of every crowd that has no problem yet, in the order of arrival."""
    if len({row.person_id for row in waiting}) < AUTHORS:
        return []
    alike: dict[tuple[str, str], dict[int, Draft]] = {}
    for row in sorted(waiting, key=lambda row: row.id):
        about = _about(desk, row)
        if about is not None:
            alike.setdefault(about, {}).setdefault(row.person_id, row)
    found: list[Draft] = []
    for (topic, place), rows in alike.items():
        if len(rows) < AUTHORS:
            continue
        if await desk.uow.problems.near(topic, place, partial(lasts, now=desk.now)) is None:
            found += [*rows.values()][:AUTHORS]
    return found


def _about(desk: Desk, row: Draft) -> tuple[str, str] | None:
    seen = desk.understand(row.content["text"])
    place = place_key(seen.place)
    if not seen.sure or seen.topic is None or place is None or seen.urgency is Urgency.QUESTION:
        return None
    return seen.topic, place
