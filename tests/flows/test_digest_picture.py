"""The picture under a digest: a silent reply, once; its trouble is never the text's (§3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.views import charts
from bot.views.sketches import Sketch
from services import notify
from services.notices import Kind
from storage import tables as t
from tests.flows.conftest import Person, Town
from tests.support.hub import ZONE

MORNING = datetime(2026, 11, 25, 8, 30, tzinfo=ZONE)
CAPTION = "За 7 дней пришло 2, ответили 1 · открыто 1, просроченных нет"


def _pictures(town: Town, person: Person) -> list[Person]:
    return [m for m in town.hub.texts(person) if "photo" in m]


async def _states(town: Town, kind: Kind) -> Sequence[Any]:
    async with town.hub.app.store.reading() as uow:
        c = t.outbox.c
        statement = t.outbox.select().where(c.kind == kind).order_by(c.id)
        return [(r.state, r.attempts) for r in (await uow.connection.execute(statement)).all()]


async def _yesterday(town: Town) -> None:
    await town.answered(await town.open_case())
    await town.hub.press(town.ivan, town.card(await town.open_case()), "Взять")


async def test_s3_1_the_picture_is_a_silent_reply_under_the_text_once(town: Town) -> None:
    hub = town.hub
    await _yesterday(town)
    await hub.go(MORNING - timedelta(minutes=1))
    assert not _pictures(town, town.deputy)
    await hub.go(MORNING)
    await hub.go(MORNING + timedelta(minutes=1))
    (picture,) = _pictures(town, town.deputy)
    text = hub.last(town.deputy, "Сводка")
    assert picture["caption"] == CAPTION
    assert picture["disable_notification"]
    assert picture["reply_to_message"]["message_id"] == text["message_id"]
    assert not text.get("disable_notification")
    assert text["reply_markup"]
    stored = hub.world.town.files.get(picture["photo"][-1]["file_id"])
    assert Image.open(BytesIO(stored.data)).size == (charts.WIDTH, charts.HEIGHT)
    assert len(_pictures(town, town.head)) == 1
    for nobody in (town.ivan, town.dut, town.olga, town.maria):
        assert not _pictures(town, nobody)
    assert await _states(town, Kind.DIGEST_PICTURE) == [("sent", 0), ("sent", 0)]


async def test_s3_1_nothing_to_show_is_no_picture(town: Town) -> None:
    await town.hub.go(MORNING)
    assert town.hub.last(town.deputy, "Сводка")
    assert not await _states(town, Kind.DIGEST_PICTURE)


async def test_s3_1_everybody_sees_it_in_his_own_language(town: Town) -> None:
    hub = town.hub
    await _yesterday(town)
    await hub.say(town.deputy, "/language")
    await hub.press(town.deputy, hub.last(town.deputy, "Язык · Language"), "English")
    await hub.go(MORNING)
    (picture,) = _pictures(town, town.deputy)
    assert picture["caption"] == "In 7 days 2 received, 1 answered · 1 open, none overdue"
    assert _pictures(town, town.head)[0]["caption"] == CAPTION


async def test_out2_a_picture_that_fails_is_tried_again(town: Town) -> None:
    hub = town.hub
    await _yesterday(town)
    hub.world.trouble.fail("sendPhoto", times=2)
    hub.world.trouble.fail("sendPhoto", code=429, retry_after=1)
    hub.world.trouble.drop("sendPhoto")
    await hub.go(MORNING)
    for reader in (town.deputy, town.head):
        assert len([m for m in hub.texts(reader) if "Сводка" in m.get("text", "")]) == 1
        assert [m["caption"] for m in _pictures(town, reader)] == [CAPTION]
    states = await _states(town, Kind.DIGEST_PICTURE)
    assert {state for state, _ in states} == {"sent"}
    # A 429 is no failed try, and neither is one before which nothing else has got through.
    assert 1 <= sum(attempts for _, attempts in states) <= 3


async def test_out2_a_slow_picture_keeps_no_words_back_and_shows_its_morning(town: Town) -> None:
    hub = town.hub
    await _yesterday(town)
    hub.world.trouble.fail("sendPhoto", times=5)
    hub.sandbox.clock.set(MORNING)
    await hub.world.wait(lambda: len(hub.sandbox.journal.of("sendPhoto")) >= 4)
    async with hub.app.store.unit() as uow:
        account = await uow.people.account("telegram", str(town.deputy["id"]))
        assert account is not None
        desk = hub.app.desk(uow)
        await notify.in_private(desk, account.person_id, Kind.PLAIN, text="kept", values={})
    hub.app.delivery.wake()
    await town.open_case()
    last = hub.texts(town.deputy)[-2:]
    assert ["photo" in m for m in last] == [False, True]
    assert last[1]["caption"] == CAPTION


async def test_out1_a_picture_that_cannot_be_drawn_leaves_the_text_alone(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = town.hub
    await _yesterday(town)

    def broken(_sketch: Sketch) -> bytes:
        raise ValueError("no paper")

    monkeypatch.setattr(charts, "draw", broken)
    await hub.go(MORNING)
    assert hub.last(town.deputy, "Сводка")["reply_markup"]
    assert not _pictures(town, town.deputy)
    assert [state for state, _ in await _states(town, Kind.DIGEST_PICTURE)] == ["dead", "dead"]
    assert hub.last(town.triage, "картинка сводки")
