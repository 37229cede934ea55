"""The chain of events of an appeal: any change of it shows, erasing texts does not break it."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any

import pytest

from services import audit, feedback
from services.model import AppealId, Event, EventText, Role, State
from storage.store import Store
from tests.support.desks import Office, office

FIELDS = tuple(f.name for f in fields(Event) if f.name != "id")


@pytest.fixture
async def chain(sqlite_store: Store) -> tuple[Office, AppealId]:
    """An appeal with a long life: asked, sent back, answered, not solved, answered again."""
    at = await office(sqlite_store)
    number = await at.report()
    answer = await at.answered(number)
    at.move(hours=2)
    async with at.at_work() as desk:
        maria = at.people["Мария"]
        await feedback.verdict(desk, maria, answer_id=answer, outcome="n", chat="100")
    at.move(hours=1)
    await at.hear("Мария", "Воды всё ещё нет, приезжайте на Островского 12")
    await at.answered(number, by="Анна")
    return at, number


def _other(value: Any) -> Any:
    match value:
        case State():
            return State.MERGED if value is not State.MERGED else State.NEW
        case Role():
            return Role.AUD
        case int() | str():
            return value + type(value)(1)
        case None:
            return 1
        case _:
            return value + timedelta(microseconds=1)


async def test_a_whole_chain_verifies(chain: tuple[Office, AppealId]) -> None:
    at, number = chain
    picture = await at.picture(number)
    assert len(picture.events) >= 8
    assert audit.first_break(picture.events) is None
    assert picture.appeal.chain_head == picture.events[-1].hash
    assert picture.appeal.event_seq == len(picture.events)
    assert audit.first_break([]) is None


@pytest.mark.parametrize("field", FIELDS)
async def test_an_altered_event_shows(chain: tuple[Office, AppealId], field: str) -> None:
    at, number = chain
    events = (await at.picture(number)).events
    for place, event in enumerate(events):
        altered = replace(event, **{field: _other(getattr(event, field))})
        forged = [*events[:place], altered, *events[place + 1 :]]
        assert audit.first_break(forged) is not None, (field, event)


async def test_an_altered_event_with_its_own_hash_mended_shows_in_the_next(
    chain: tuple[Office, AppealId],
) -> None:
    at, number = chain
    events = (await at.picture(number)).events
    for place, event in enumerate(events[:-1]):
        altered = replace(event, role=Role.AUD)
        altered = replace(altered, hash=audit.event_hash(altered))
        forged = [*events[:place], altered, *events[place + 1 :]]
        assert audit.first_break(forged) == events[place + 1].seq


async def test_a_missing_or_moved_event_shows(chain: tuple[Office, AppealId]) -> None:
    at, number = chain
    events = (await at.picture(number)).events
    for place in range(len(events) - 1):
        assert audit.first_break([*events[:place], *events[place + 1 :]]) is not None
        swapped = [*events[:place], events[place + 1], events[place], *events[place + 2 :]]
        assert audit.first_break(swapped) is not None
    assert audit.first_break(reversed(events)) is not None


async def test_erasing_texts_leaves_the_chain_whole(chain: tuple[Office, AppealId]) -> None:
    at, number = chain
    async with at.at_work() as desk:
        events = {e.id: e for e in await desk.uow.appeals.events_of(number)}
        texts = await desk.uow.select(EventText)
        assert texts
        for text in texts:
            assert events[text.id].text_hash == audit.text_hash(text.text, text.salt)
            desk.uow.remove(text)
    async with at.store.reading() as uow:
        assert await uow.select(EventText) == []
        assert audit.first_break(await uow.appeals.events_of(number)) is None


def test_equal_texts_do_not_show_as_equal() -> None:
    assert audit.text_hash("да", "соль 1") != audit.text_hash("да", "соль 2")
