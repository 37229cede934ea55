"""What every use case works with: the transaction, the moment, the municipality.

A use case is a verb function that takes a Desk first. `use_case` gives it a savepoint of its own:
when a rule says no, nothing it wrote stays, whatever the caller does next.
"""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from services.municipality import Municipality
from services.understanding import Place, Understanding

if TYPE_CHECKING:
    from storage.unit import UnitOfWork

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Desk:
    """One transaction's working place."""

    uow: UnitOfWork
    now: datetime
    town: Municipality
    understand: Callable[[str], Understanding]
    place_of: Callable[[str], Place | None]
    """The place that `understand` would find, where nobody asks what the text is about."""
    admins: frozenset[tuple[str, str]] = frozenset()
    """(channel, external id) of the administrators named in the settings."""


def use_case(
    function: Callable[Concatenate[Desk, P], Awaitable[R]],
) -> Callable[Concatenate[Desk, P], Awaitable[R]]:
    """Run the function inside a savepoint: it happens whole or not at all."""

    @functools.wraps(function)
    async def inside(desk: Desk, /, *args: P.args, **kwargs: P.kwargs) -> R:
        async with desk.uow.savepoint():
            return await function(desk, *args, **kwargs)

    return inside
