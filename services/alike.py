"""What reports are compared by: a topic, and a place in the form that they share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from services.desk import Desk
from services.model import Appeal
from services.problem_rules import WINDOW, place_key
from services.understanding import Place


async def foresee(desk: Desk, texts: Iterable[str]) -> None:
    """Read at once what reports of these words will be compared with, if they are registered.

    Nothing depends on it but the number of statements.
    """
    pairs = set()
    for text in texts:
        seen = desk.understand(text)
        key = place_key(seen.place)
        if seen.topic is not None and key is not None:
            pairs.add((seen.topic, key))
    if len(pairs) > 1:
        await desk.uow.problems.foresee(pairs, desk.now - WINDOW)


def with_key(desk: Desk, appeal: Appeal) -> Appeal:
    """The place in the form that reports share, kept to be searched by."""
    key = place_key(named_place(desk, appeal))
    return appeal if key == appeal.place_key else desk.uow.put(replace(appeal, place_key=key))


def keyed(desk: Desk, appeal: Appeal) -> Appeal:
    """The same, not kept yet."""
    return replace(appeal, place_key=place_key(named_place(desk, appeal)))


def named_place(desk: Desk, appeal: Appeal) -> Place | None:
    """Where the appeal is, as far as its place can be read.

    Its own words say more than the place alone: «на Ленина в Геленджике».
    """
    if not appeal.place:
        return None
    own = desk.place_of(appeal.text)
    if own is not None and own.text == appeal.place:
        return own
    return desk.place_of(appeal.place)
