"""The log of a whole conversation: each line says what it is about, none says people's words."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from bot.log import configure, log
from services import conversation, work
from tests.flows.conftest import Town

SECRETS = ("Мария", "Островск", "напор", "насос", "слесарь", "123-45-67", "1234567", "maria.k@")
WORDS = " Меня зовут Мария, телефон 8 918 123-45-67, почта maria.k@mail.example.ru"


@contextmanager
def listened(monkeypatch: pytest.MonkeyPatch, form: str) -> Iterator[io.StringIO]:
    """What is logged meanwhile."""
    written = io.StringIO()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stderr", written)
            configure(form)
            yield written
    finally:
        configure("console")


def lines(written: io.StringIO, event: str) -> list[dict[str, Any]]:
    """The lines of one event."""
    found = [json.loads(line) for line in written.getvalue().splitlines()]
    return [line for line in found if line["event"] == event]


async def life(town: Town) -> int:
    """A case from its words to its rating, with a phone, faults of the network and a refusal."""
    hub = town.hub
    hub.world.trouble.fail("sendMessage", code=500)
    hub.world.trouble.fail("sendMessage", code=429, retry_after=1)
    number = await town.open_case(town.REPORT + WORDS)
    await hub.press(town.road, town.card(number), "Взять")
    await hub.say(town.maria, "Ещё и пахнет сыростью, звоните 8 918 123-45-67")
    await hub.press(town.maria, await town.answered(number), "Решено")
    await hub.press(town.maria, hub.last(town.maria, "Как мы"), "5")
    hub.world.block(town.maria)
    await hub.settle()
    return number


@pytest.mark.parametrize("form", ["console", "json"])
async def test_nobody_and_nothing_said_is_in_the_log(
    town: Town, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    with listened(monkeypatch, form) as written:
        await life(town)
    everything = written.getvalue()
    assert "update.applied" in everything, "the log was listened to"
    shown = [s for s in (*SECRETS, town.hub.sandbox.token) if s.lower() in everything.lower()]
    assert not shown


async def test_every_line_says_which_update_and_which_case(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listened(monkeypatch, "json") as written:
        number = await life(town)
    applied = lines(written, "update.applied")
    assert applied
    assert all(isinstance(line["serial"], int) for line in applied)
    assert all(isinstance(line["update"], int) for line in applied)
    assert len({line["serial"] for line in applied}) == len(applied), "once each"
    [refused] = [line for line in applied if line["outcome"] == "refused"]
    assert refused["refused"], "with the rule's code"
    assert "appeals" not in refused
    moved = [line for line in applied if number in line.get("appeals", ())]
    assert len(moved) >= 5, "taken, drafted, sent, let pass, judged"
    # The words wait for the end of the burst: the citizen's key leads from them to the case.
    [opened] = [line for line in lines(written, "beat.done") if number in line["appeals"]]
    assert opened["person"] == applied[0]["person"]
    for event in ("delivery.retry", "delivery.slowed"):
        assert all(line["notice"] and line["kind"] for line in lines(written, event))
        assert [line for line in lines(written, event) if line.get("appeal") == number], event


async def test_a_failure_is_told_with_its_ids_and_its_place_but_not_its_words(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.receive.worker.DELAYS", (0.01, 0.01, 0.01))

    async def choke(_desk: Any, _known: Any, message: Any) -> None:
        log.info("inside", place=message.text)
        raise ValueError(f"cannot swallow {message.text}")

    monkeypatch.setattr(conversation, "receive", choke)
    with listened(monkeypatch, "json") as written:
        await town.hub.say(town.maria, "Мой телефон 8 918 123-45-67", wait=False)
    [parked] = lines(written, "inbox.parked")
    told = lines(written, "inbox.update_failed") + lines(written, "inside")
    assert len(told) == 4 + 5
    assert {(line["serial"], line["update"]) for line in told} == {
        (parked["serial"], parked["update"])
    }
    failed = lines(written, "inbox.update_failed")[0]["exception"]
    assert "test_logs.py" in failed
    assert failed.endswith("ValueError")
    assert "123-45-67" not in written.getvalue()


async def test_a_line_from_inside_a_press_names_its_case(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = work.take

    async def loud(desk: Any, **given: Any) -> Any:
        log.info("inside")
        return await real(desk, **given)

    number = await town.open_case()
    monkeypatch.setattr(work, "take", loud)
    with listened(monkeypatch, "json") as written:
        await town.hub.press(town.ivan, town.card(number), "Взять")
    [inside] = lines(written, "inside")
    [applied] = lines(written, "update.applied")
    assert inside["appeal"] == number
    assert (inside["serial"], inside["update"]) == (applied["serial"], applied["update"])
    assert applied["appeals"] == [number]


def test_what_slips_in_is_masked_however_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    with listened(monkeypatch, "json") as written:
        log.info("x", one=["звоните 8 918 123-45-67", {"mail": "maria.k@mail.example.ru"}], n=7)
    [line] = lines(written, "x")
    assert line["one"] == ["звоните [телефон]", {"mail": "[почта]"}]
    assert line["n"] == 7
