"""What a script must know of the hub it plays with, in this process or beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from services.municipality import Municipality
from storage.store import Store


class Hub(Protocol):
    """Has it heard of the time, is anything left to do, what is in its database?"""

    store: Store
    town: Municipality

    @property
    def follows(self) -> int:
        """The version of the town's time that it has heard of."""
        ...

    async def has_heard(self) -> bool:
        """Everything that came in has been taken up."""
        ...

    async def next_burst(self) -> datetime | None:
        """When the next burst of somebody's messages is over; None while nobody is speaking."""
        ...

    async def is_settled(self) -> bool:
        """Nothing is left to do at this business moment."""
        ...
