"""New streets beside those that a municipality has."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from bot.streets.rows import Row
from services.understanding.lemmas import plain


@dataclass(frozen=True, slots=True)
class Merged:
    """A municipality's document with the streets of a file, and what that has changed."""

    document: dict[str, Any]
    streets: int
    """Streets of the file, each settlement counted for itself."""
    new: int


def merge(document: dict[str, Any], rows: Iterable[Row]) -> Merged:
    """Add the streets. Nothing is taken away, and the same file again adds nothing.

    «Вишневая» is the «Вишнёвая» that is there already.
    """
    document = deepcopy(document)
    streets: list[dict[str, Any]] = document.setdefault("streets", [])
    by_name = {plain(street["name"]): street for street in streets}
    seen: set[tuple[str, str]] = set()
    new = 0
    for row in rows:
        key = (plain(row.street), row.settlement)
        if key in seen:
            continue
        seen.add(key)
        street = by_name.get(key[0])
        if street is None:
            street = {"name": row.street, "settlements": []}
            by_name[key[0]] = street
            streets.append(street)
        if row.settlement not in street["settlements"]:
            street["settlements"].append(row.settlement)
            new += 1
    return Merged(document, len(seen), new)
