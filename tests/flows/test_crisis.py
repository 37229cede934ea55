"""A crisis night with the messenger's limits on: people are told first and in order, the staff chat
stays readable.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from shutil import copy
from typing import Any

import pytest

from bot.sandbox.journal import Entry
from bot.sandbox.rate import RateLimits
from tests.flows.conftest import Person, ShowTown
from tests.support.hub import Hub, hub

PEOPLE = 40
OUTAGE = "На Островского нет воды во всех домах, дом {house}"
SENT = ("sendMessage", "editMessageText", "sendPhoto", "sendMediaGroup")
MINUTE = 60.0


Crowd = tuple[Hub, Person, list[Person]]


@pytest.fixture
async def crowd(show_town: ShowTown, tmp_path: Path) -> AsyncIterator[Crowd]:
    """A hub with the messenger's limits, its block's chat, and people who have consented."""
    before, folder = tmp_path / "before", tmp_path / "night"
    before.mkdir()
    folder.mkdir()
    async with show_town.copied(before) as town:
        people = [await town.hub.citizen(f"Житель {n}") for n in range(PEOPLE)]
    copy(before / "hub.db", folder)
    slow = {"OTKLIK_RATE_FACTOR": "1"}
    async with hub(folder, like=town.hub, settings=slow, limits=RateLimits()) as night:
        yield night, town.hcs, people


def _about(entries: list[Entry], chat: int, *methods: str) -> list[Entry]:
    return [e for e in entries if e.method in methods and int(e.params["chat_id"]) == chat]


async def test_forty_reports_of_one_outage(crowd: Crowd) -> None:
    night, hcs, people = crowd
    journal = night.sandbox.journal
    start, began = len(journal.entries), time.monotonic()
    for house, person in enumerate(people, 1):
        night.world.say(person, OUTAGE.format(house=house))
    await night.heard()
    night.sandbox.clock.advance(timedelta(seconds=6))
    ended = time.monotonic()

    def told() -> list[int]:
        """Whoever has read that his words are registered, in the order of the sends."""
        chats = {int(person["id"]) for person in people}
        sent = [e for e in journal.entries[start:] if e.method == "sendMessage" and e.ok]
        found = [int(e.params["chat_id"]) for e in sent if "№" in str(e.params["text"])]
        return [chat for chat in dict.fromkeys(found) if chat in chats]

    await night.world.wait(lambda: len(told()) == PEOPLE, timeout=30)
    took = time.monotonic() - ended
    # Those on their way together may meet at the messenger's door, no more.
    places = [told().index(person["id"]) for person in people]
    assert max(abs(place - n) for n, place in enumerate(places)) <= 3, places
    assert took < 10, took
    entries = journal.entries[start:]
    last = max(i for i, e in enumerate(entries) if _is_first_word(e, people))
    edits = [i for i, e in enumerate(entries) if _about([e], hcs["id"], "editMessageText")]
    # One goes at once, while there is room for it; the next ones can wait, receipts can't.
    assert len([i for i in edits if i < last]) <= 1, "receipts stand behind edits of the card"

    def counted() -> Any:
        return night.world.find(hcs["id"], f"написали: {PEOPLE}")

    await night.world.wait(lambda: counted() is not None, timeout=MINUTE)
    assert time.monotonic() - began < MINUTE
    cards = [m for m in night.texts(hcs) if "Проблема" in m.get("text", "")]
    assert len(cards) == 1, "one card of one problem"
    entries = journal.entries[start:]
    assert len(_about(entries, hcs["id"], *SENT)) <= 20
    assert [e for e in entries if e.error_code == 429] == []


def _is_first_word(entry: Entry, people: list[Person]) -> bool:
    return (
        entry.method == "sendMessage"
        and int(entry.params["chat_id"]) in {p["id"] for p in people}
        and "№" in str(entry.params["text"])
    )
