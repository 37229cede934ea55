"""Messages that stand in a chat once too often, and what explains each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tests.crash.books import Books
from tests.crash.kills import Kill
from tests.crash.tape import Shown

_SLACK = 1.0
"""Seconds in which a request of a hub that has died may still be served."""


@dataclass(frozen=True, slots=True)
class Extra:
    """A message that no record of the hub knows: it was sent again."""

    shown: Shown
    cause: str | None
    """The kill or the dropped answer that explains it; None: nothing does."""

    def told(self) -> str:
        """One line of the report."""
        words = self.shown.text.replace("\n", " ")[:60]
        return f"chat {self.shown.chat}, message {self.shown.message} «{words}»: {self.cause}"


async def registered(books: Books) -> set[tuple[int, int]]:
    """(chat, message) of every send that the hub has recorded.

    A copy that somebody touched was written down then, and has no digest: nobody sent it.
    """
    rows = await books.rows(
        "SELECT chat_id, external_id FROM posted WHERE digest <> '' UNION"
        " SELECT chat_id, external_id FROM outbox WHERE external_id IS NOT NULL"
    )
    return {(int(row["chat_id"]), int(row["external_id"])) for row in rows}


def extras(
    shown: Iterable[Shown], known: set[tuple[int, int]], kills: Iterable[Kill]
) -> list[Extra]:
    """What was sent and is not registered, each with its cause.

    A flight of a kill explains one copy, in its own chat, sent while the killed hub lived.
    """
    flights = defaultdict(list)
    for kill in kills:
        for flight in kill.flights:
            flights[flight.chat].append((kill, flight))
    found = []
    for message in shown:
        if message.edited or (message.chat, message.message) in known:
            continue
        cause = "the answer was dropped after it was sent" if message.dropped else None
        for pair in flights[message.chat] if cause is None else ():
            kill, flight = pair
            if kill.at - kill.age <= message.at <= kill.at + _SLACK:
                flights[message.chat].remove(pair)
                cause = f"{kill.name()}, notice {flight.row} «{flight.kind}» in flight"
                break
        found.append(Extra(message, cause))
    return found


def twice(shown: Iterable[Shown], known: set[tuple[int, int]]) -> list[list[Shown]]:
    """Registered messages of one chat with the very same words: nobody should read that."""
    groups = defaultdict(list)
    for message in shown:
        if not message.edited and (message.chat, message.message) in known:
            groups[message.chat, message.text].append(message)
    return [group for group in groups.values() if len(group) > 1]
