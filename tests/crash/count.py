"""The independent count: what people did and saw against the database, read directly."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.crash.books import Books, Row
from tests.crash.copies import Extra, extras, registered, twice
from tests.crash.crowd import Citizen, Crowd, receipt_of
from tests.crash.kills import Kill
from tests.crash.staff import Desks
from tests.crash.tape import Shown

ONCE = ("register", "take", "submit", "pass", "rate")
"""Moves that nobody in this town makes twice in the life of a case."""

PRESSED = {"s1.take": "take", "m1.send": "submit", "q1.ok": "pass"}
"""Buttons of staff, and the move that each of them makes."""


@dataclass(slots=True)
class Verdict:
    """What was counted, and what is wrong."""

    violations: list[str] = field(default_factory=list)
    figures: dict[str, int] = field(default_factory=dict)
    extras: list[Extra] = field(default_factory=list)

    def wrong(self, what: str) -> None:
        """Note a violation."""
        self.violations.append(what)


class Count:
    """Everything is read once, then compared."""

    def __init__(self, books: Books, shown: Sequence[Shown], crowd: Crowd, desks: Desks) -> None:
        self._books = books
        self._shown = shown
        self._crowd, self._desks = crowd, desks
        self.verdict = Verdict()
        self._events: dict[int, Counter[str]] = defaultdict(Counter)

    async def take(self, kills: Sequence[Kill], updates: range) -> Verdict:
        """Count; `updates` are the numbers of all updates that the messenger had."""
        await self._queues(updates)
        await self._moves()
        await self._cases()
        await self._work()
        await self._words()
        await self._copies(kills)
        return self.verdict

    async def _queues(self, updates: range) -> None:
        for table, states in (("inbox", ("done",)), ("outbox", ("sent", "dropped", "queued"))):
            for row in await self._books.rows(
                f"SELECT state, count(*) AS n FROM {table} GROUP BY state"
            ):
                self.verdict.figures[f"{table} {row['state']}"] = row["n"]
                if row["state"] not in states:
                    self.verdict.wrong(f"{table}: {row['n']} rows are «{row['state']}»")
        for row in await self._books.rows("SELECT * FROM outbox WHERE state = 'dead'"):
            what = {name: row[name] for name in ("id", "kind", "chat_id", "attempts", "error")}
            self.verdict.wrong(f"№ {row['appeal_id']}: a dead letter, {what}")
        stored = Counter(
            row["update_id"] for row in await self._books.rows("SELECT update_id FROM inbox")
        )
        for number in updates:
            if stored[number] != 1:
                self.verdict.wrong(f"update {number} is stored {stored[number]} times")

    async def _moves(self) -> None:
        chains: dict[int, list[int]] = defaultdict(list)
        for row in await self._books.rows("SELECT appeal_id, action, seq FROM events"):
            self._events[row["appeal_id"]][row["action"]] += 1
            chains[row["appeal_id"]].append(row["seq"])
        for number, moves in self._events.items():
            for action in ONCE:
                if moves[action] > 1:
                    self.verdict.wrong(f"№ {number}: «{action}» stands {moves[action]} times")
            if sorted(chains[number]) != list(range(1, len(chains[number]) + 1)):
                self.verdict.wrong(f"№ {number}: its events have gaps: {sorted(chains[number])}")
        for action in ONCE:
            self.verdict.figures[action] = sum(moves[action] for moves in self._events.values())

    async def _cases(self) -> None:
        cases = _by(
            await self._books.rows(
                "SELECT a.id, a.chat_id, a.state, a.block, a.text FROM appeals a JOIN accounts c"
                " ON c.person_id = a.person_id AND c.external_id = a.chat_id"
            ),
            lambda row: int(row["chat_id"]),
        )
        known = await registered(self._books)
        cards = Counter(
            row["appeal_id"]
            for row in await self._books.rows(
                "SELECT p.appeal_id, p.chat_id, p.external_id FROM posted p"
                " JOIN appeals a ON a.id = p.appeal_id"
                " WHERE (a.block IS NOT NULL AND p.kind = 'card' AND p.anchor LIKE 'card:%')"
                # Words that came without the report before them are the duty officer's to route.
                " OR (a.block IS NULL AND p.anchor LIKE 'triage:%')"
            )
            if (int(row["chat_id"]), int(row["external_id"])) in self._seen()
        )
        for citizen in self._crowd.citizens.values():
            if citizen.said:
                self._case(citizen, cases.get(citizen.user["id"], []), cards, known)

    def _case(
        self,
        citizen: Citizen,
        cases: list[Row],
        cards: Counter[int],
        known: set[tuple[int, int]],
    ) -> None:
        chat = citizen.user["id"]
        self.verdict.figures["reports"] = self.verdict.figures.get("reports", 0) + 1
        if len(cases) != 1:
            numbers = [row["id"] for row in cases]
            self.verdict.wrong(f"chat {chat}: «{citizen.report}» became the cases {numbers}")
            return
        number = cases[0]["id"]
        if citizen.number != number:
            self.verdict.wrong(f"№ {number}: the receipt says {citizen.number}")
        receipts = [
            shown for shown in self._shown if shown.chat == chat and receipt_of(shown) == number
        ]
        if not any((shown.chat, shown.message) in known for shown in receipts):
            self.verdict.wrong(f"№ {number}: {len(receipts)} receipts, none registered")
        if cards[number] != 1:
            self.verdict.wrong(f"№ {number}: {cards[number]} registered cards, {cases[0]}")

    def _seen(self) -> set[tuple[int, int]]:
        return {(shown.chat, shown.message) for shown in self._shown if not shown.edited}

    async def _work(self) -> None:
        """What was pressed and written has happened, once."""
        for action, numbers in self._pressed().items():
            for number in sorted(numbers):
                if not self._events[number][action]:
                    self.verdict.wrong(f"№ {number}: «{action}» was pressed and did not happen")
        answers = Counter(
            row["appeal_id"] for row in await self._books.rows("SELECT appeal_id FROM answers")
        )
        for number, said in self._desks.answers.items():
            if answers[number] != len(said):
                self.verdict.wrong(f"№ {number}: {len(said)} answers became {answers[number]}")
        marks = {
            row["appeal_id"]: row["mark"]
            for row in await self._books.rows("SELECT appeal_id, mark FROM ratings")
        }
        for citizen in self._crowd.citizens.values():
            if citizen.mark is not None and marks.get(citizen.number) != citizen.mark:
                self.verdict.wrong(
                    f"№ {citizen.number}: mark {citizen.mark} became {marks.get(citizen.number)}"
                )
        self.verdict.figures["marks"] = sum(mark is not None for mark in marks.values())

    def _pressed(self) -> dict[str, set[int]]:
        """By action: the cases for which it was pressed, on whatever copy."""
        found: dict[str, set[int]] = defaultdict(set)
        for _chat, button in self._desks.pressed:
            prefix, word, number, *_ = button.split(".")
            found[PRESSED[f"{prefix}.{word}"]].add(int(number))
        found["rate"] = {
            citizen.number
            for citizen in self._crowd.citizens.values()
            if citizen.verdicts and citizen.number is not None
        }
        return found

    async def _words(self) -> None:
        """Everything a citizen wrote is kept with his case, once, whatever came first."""
        kept: dict[tuple[int, int], list[int]] = defaultdict(list)
        for row in await self._books.rows(
            "SELECT appeal_id, chat_id, external_id FROM utterances WHERE external_id IS NOT NULL"
        ):
            kept[int(row["chat_id"]), int(row["external_id"])].append(row["appeal_id"])
        for citizen in self._crowd.citizens.values():
            for message in citizen.said:
                where = kept[citizen.user["id"], message]
                if where != [citizen.number]:
                    self.verdict.wrong(
                        f"№ {citizen.number}: message {message} in chat {citizen.user['id']}"
                        f" is kept with {where}"
                    )

    async def _copies(self, kills: Sequence[Kill]) -> None:
        known = await registered(self._books)
        self.verdict.extras = extras(self._shown, known, kills)
        for extra in self.verdict.extras:
            if extra.cause is None:
                self.verdict.wrong(f"an extra copy without a cause: {extra.told()}")
        for group in twice(self._shown, known):
            places = [shown.message for shown in group]
            words = group[0].text.replace("\n", " ")[:60]
            self.verdict.wrong(f"chat {group[0].chat}: «{words}» was said as {places}")
        most = sum(len(kill.flights) for kill in kills)
        most += sum(shown.dropped and not shown.edited for shown in self._shown)
        self.verdict.figures["extra copies"] = len(self.verdict.extras)
        self.verdict.figures["extra copies at the most"] = most
        if len(self.verdict.extras) > most:
            self.verdict.wrong(f"{len(self.verdict.extras)} extra copies, {most} at the most")


def _by(rows: list[Row], key: Callable[[Row], int]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
