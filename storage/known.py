"""What one transaction knows: entities by key, and sets of them that it has read whole.

A set is «all rows of a kind whose fields have these values» (an author's drafts, a case's clocks).
Once it is read, asking again costs no statement, and what the transaction writes since is in it:
members are looked at as they are now, so a changed or removed one leaves by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from services.model import Appeal

Key = tuple[type[Any], int]
Shape = tuple[tuple[str, ...], int | None]
"""Field names in order, and how many of the newest where not all are kept."""

_ABSENT: Any = object()
_PARENTS: dict[str, type[Any]] = {"appeal_id": Appeal}
"""Fields that name a row which has to be there first: of a new one there is nothing yet."""


class Known:
    """The identity map, its undo log, and the sets."""

    def __init__(self) -> None:
        self._entities: dict[Key, Any] = {}
        self._undo: list[tuple[Key, Any]] = []
        self._written: dict[type[Any], dict[int, None]] = {}
        self._fresh: set[Key] = set()
        self._sets: dict[type[Any], dict[Shape, dict[tuple[Any, ...], dict[int, None]]]] = {}

    # --- entities ---

    def __contains__(self, key: Key) -> bool:
        return key in self._entities

    def get(self, key: Key) -> Any:
        """The entity; None where it is not known or not there."""
        return self._entities.get(key)

    def is_written(self, key: Key) -> bool:
        """This transaction has changed it."""
        return key[1] in self._written.get(key[0], ())

    def written(self, kind: type[Any]) -> list[Any]:
        """What this transaction has written of a kind and not removed."""
        found = (self._entities[kind, key] for key in self._written.get(kind, ()))
        return [entity for entity in found if entity is not None]

    def is_fresh(self, key: Key) -> bool:
        """This transaction has made it: nobody else can see it."""
        return key in self._fresh

    def meet(self, kind: type[Any], row: Any) -> Any:
        """The entity of a row just read; the known state wins, None is one that was removed."""
        key = (kind, row.id)
        found = self._entities.get(key, _ABSENT)
        if found is _ABSENT:
            # Many times quicker than `**row._mapping`.
            found = self._entities[key] = kind(**dict(zip(row._fields, row, strict=True)))
        return found

    def reread(self, key: Key, entity: Any) -> None:
        """The row was read under a lock: this is how it stands."""
        self._entities[key] = entity

    def write(self, key: Key, entity: Any, *, fresh: bool = False) -> None:
        """The transaction wrote it; None: removed it."""
        self._undo.append((key, self._entities.get(key, _ABSENT)))
        self._entities[key] = entity
        self._written.setdefault(key[0], {})[key[1]] = None
        if fresh:
            self._fresh.add(key)
        if entity is None:
            return
        for (fields, _newest), sets in self._sets.get(key[0], {}).items():
            members = sets.get(tuple(getattr(entity, name) for name in fields))
            if members is not None:
                members[key[1]] = None

    # --- savepoints ---

    def mark(self) -> int:
        """Where the undo log stands."""
        return len(self._undo)

    def back(self, mark: int) -> None:
        """Take back what was written since."""
        dropped = self._undo[mark:]
        del self._undo[mark:]
        still = {key for key, _previous in self._undo}
        for key, previous in reversed(dropped):
            if previous is _ABSENT:
                self._entities.pop(key, None)
                self._fresh.discard(key)
                # A set may name it and it has to be read anew, if it is there at all.
                self._sets.pop(key[0], None)
            else:
                self._entities[key] = previous
            if key not in still:
                self._written[key[0]].pop(key[1], None)

    # --- sets ---

    def members(
        self, kind: type[Any], fields: tuple[str, ...], values: tuple[Any, ...], newest: int | None
    ) -> list[Any] | None:
        """The set by key; None while it has not been read."""
        members = self._sets.get(kind, {}).get((fields, newest), {}).get(values)
        if members is None:
            if not self._has_nothing_yet(fields, values):
                return None
            members = self._keep(kind, (fields, newest), values, self._written.get(kind, ()))
        found = [self._entities[kind, key] for key in sorted(members)]
        alive = [e for e in found if e is not None and _values(e, fields) == values]
        return alive if newest is None else alive[-newest:]

    def learn(
        self,
        kind: type[Any],
        fields: tuple[str, ...],
        values: tuple[Any, ...],
        newest: int | None,
        rows: Iterable[Any],
    ) -> None:
        """A set was read: these rows, and whatever the transaction had written before."""
        for row in rows:
            self.meet(kind, row)
        ids = [row.id for row in rows]
        self._keep(kind, (fields, newest), values, [*ids, *self._written.get(kind, ())])

    def forget_clean(self) -> None:
        """Another transaction may have committed meanwhile: only what we wrote is still known."""
        self._sets.clear()
        self._entities = {k: e for k, e in self._entities.items() if self.is_written(k)}

    def _has_nothing_yet(self, fields: tuple[str, ...], values: tuple[Any, ...]) -> bool:
        return any(
            name in _PARENTS and (_PARENTS[name], value) in self._fresh
            for name, value in zip(fields, values, strict=True)
        )

    def _keep(
        self, kind: type[Any], shape: Shape, values: tuple[Any, ...], ids: Iterable[int]
    ) -> dict[int, None]:
        members = dict.fromkeys(ids)
        self._sets.setdefault(kind, {}).setdefault(shape, {})[values] = members
        return members


def _values(entity: Any, fields: tuple[str, ...]) -> tuple[Any, ...]:
    return tuple(getattr(entity, name) for name in fields)
