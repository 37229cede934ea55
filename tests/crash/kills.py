"""Deaths: of which hub, when, and what it was sending."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tests.crash.books import Books
from tests.crash.hubs import Hub


@dataclass(frozen=True, slots=True)
class Flight:
    """A notice that a dead hub was sending."""

    row: int
    run: str
    kind: str
    chat: int


@dataclass(frozen=True, slots=True)
class Kill:
    """One SIGKILL."""

    number: int
    at: float
    hub: Hub
    age: float
    """Seconds that the hub had lived."""
    started: bool
    """It was up and working."""
    sending: bool
    """It was the one that sends."""
    flights: tuple[Flight, ...]

    def name(self) -> str:
        """How the report calls it."""
        stage = "" if self.started else ", still starting"
        return f"kill {self.number} ({self.hub.how}, {self.hub.mode}, {self.age:.2f} s{stage})"


class Killer:
    """Kills hubs and keeps the book of it."""

    def __init__(self, books: Books) -> None:
        self._books = books
        self._known: set[tuple[int, str]] = set()
        self.kills: list[Kill] = []

    async def kill(self, hub: Hub, *, now: float) -> Kill:
        """Kill a hub; what it was sending stands in the database afterwards."""
        age = hub.age
        await hub.kill()
        sending = hub.sends()
        rows = await self._books.rows(
            "SELECT id, run, kind, chat_id FROM outbox WHERE state = 'sending'"
        )
        flights = tuple(
            Flight(row["id"], row["run"], row["kind"], int(row["chat_id"]))
            for row in rows
            if sending and (row["id"], row["run"]) not in self._known
        )
        # What one dead hub left may lie there until the next one that sends takes it up.
        self._known |= {(flight.row, flight.run) for flight in flights}
        kill = Kill(len(self.kills) + 1, now, hub, age, hub.has_started(), sending, flights)
        self.kills.append(kill)
        return kill

    @property
    def in_flight(self) -> int:
        """The sum over kills of sends in flight."""
        return sum(len(kill.flights) for kill in self.kills)

    def told(self) -> str:
        """The kills in one line."""
        how = Counter(f"{kill.hub.how} {kill.hub.mode}" for kill in self.kills)
        starting = sum(not kill.started for kill in self.kills)
        idle = sum(kill.started and not kill.sending for kill in self.kills)
        busy = sum(bool(kill.flights) for kill in self.kills)
        parts = ", ".join(f"{name} {count}" for name, count in sorted(how.items()))
        return (
            f"{len(self.kills)}: {parts}; {starting} still starting, {idle} not the one that sends,"
            f" {busy} with sends in flight ({self.in_flight} sends)"
        )
