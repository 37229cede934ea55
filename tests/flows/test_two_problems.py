"""Two unrelated problems in one text: one tap makes two appeals, each with its own clock (§1.6)."""

from __future__ import annotations

from typing import Any

import pytest

from services import splitting
from services.audit import first_break
from services.errors import Denied, OutOfDate
from services.model import Appeal, AppealId, Role, State
from tests.flows.conftest import Town, at_the_desk

TWO = "На Островского 12 яма на дороге. А ещё во дворе не вывозят мусор третий день."
OFFER = "Похоже, здесь два вопроса"


def _offers(town: Town) -> list[str]:
    return [m["text"] for m in town.hub.texts(town.maria) if OFFER in m.get("text", "")]


async def test_one_tap_makes_two_appeals(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(TWO)
    offer = hub.last(town.maria, OFFER)
    assert offer["text"] == (
        "Похоже, здесь два вопроса: ямы на дороге и не вывозят мусор. "
        "Завести второй отдельно, со своим сроком?"
    )
    await hub.press(town.maria, offer, "Да, отдельно")
    other = town.number(town.maria)
    assert other != number
    assert hub.last(town.maria, "завели отдельно")["text"] == (
        f"Второй вопрос завели отдельно: № {other}."
    )
    assert not _offers(town), "the offer has become its answer"
    async with hub.app.store.reading() as uow:
        first = await uow.need(Appeal, AppealId(number))
        second = await uow.need(Appeal, AppealId(other))
    assert (first.topic, second.topic) == ("pothole", "garbage_pickup")
    assert (first.block, second.block) == ("ROD", "WST")
    assert second.received_at == first.received_at
    assert second.place == "ул. Островского, 12", "where the first is, as it says nothing else"


async def test_a_double_tap_makes_no_third(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(TWO)
    offer = hub.last(town.maria, OFFER)
    for _ in range(2):
        hub.world.press(town.maria, town.maria["id"], offer["message_id"], "Да, отдельно")
    await hub.settle()
    async with hub.app.store.reading() as uow:
        events = [e.action for e in await uow.appeals.events_of(AppealId(number))]
        assert events.count("split_off") == 1
        third = await uow.get(Appeal, AppealId(town.number(town.maria) + 1))
    assert third is None


@pytest.mark.parametrize(
    "text",
    [
        "На Островского 12 яма на дороге. Очень глубокая, машины бьются.",
        "На Островского 12 яма и мусор",
        "На Островского 12 пахнет газом. А ещё не вывозят мусор третий день.",
        "Не вывозят мусор третий день. А ещё контейнеры переполнены.",
    ],
)
async def test_nothing_is_offered_where_it_would_be_in_the_way(town: Town, text: str) -> None:
    await town.hub.say(town.maria, text)
    await town.hub.settle()
    assert not _offers(town)


HALVES = "Разделить: яма / мусор"


def _keys(message: dict[str, Any]) -> list[list[str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[b["text"] for b in row] for row in rows]


async def _in_triage(town: Town) -> tuple[int, dict[str, Any]]:
    """The case before the duty officer, and its card."""
    number = await town.open_case(TWO)
    return number, town.hub.last(town.triage, "куда?")


async def test_the_duty_officer_parts_it_with_one_tap(town: Town) -> None:
    hub = town.hub
    await hub.group("WST", town.ivan)
    number, card = await _in_triage(town)
    keys = _keys(card)
    assert keys[0] == [HALVES]
    assert keys[-1] == ["Другой блок", "Спросить", "Ещё"]
    assert len(keys) == 3
    toast = await hub.press(town.dut, card, HALVES)
    other = town.number(town.maria)
    assert toast == f"Разделили, второй вопрос теперь № {other}"
    async with hub.app.store.reading() as uow:
        first = await uow.need(Appeal, AppealId(number))
        second = await uow.need(Appeal, AppealId(other))
        events = await uow.appeals.events_of(AppealId(number))
        clocks = [await uow.appeals.clocks_of(a.id) for a in (first, second)]
    assert (first.block, second.block) == ("ROD", "WST")
    assert (first.state, second.state) == (State.ASSIGNED, State.ASSIGNED)
    assert second.received_at == first.received_at
    assert all(clocks), "each has clocks of its own"
    assert not {c.id for c in clocks[0]} & {c.id for c in clocks[1]}
    split = next(e for e in events if e.action == "split_off")
    assert (split.role, split.code) == (Role.DUT, str(other))
    assert first_break(events) is None
    assert "мусор" not in town.card(number, town.rod)["text"], "its own problem only"
    assert "яма" not in hub.last(town.maria, f"№ {other}")["text"]
    receipts = [m["text"] for m in hub.texts(town.maria) if "Поняли так" in m.get("text", "")]
    assert len(receipts) == 2
    assert "Займётся: Дороги" in receipts[0]
    assert hub.last(town.maria, "Второй вопрос завели отдельно: № ")
    assert not _offers(town), "the citizen is asked no more"
    hub.world.start(town.dut, f"h_{number}")
    await hub.settle()
    history = hub.last(town.dut, "история")["text"]
    assert "похоже, здесь два вопроса: Дороги, " in history
    assert f"второй вопрос завели отдельно: № {other} · Дарья, дежурный" in history


async def test_a_second_press_makes_no_third(town: Town) -> None:
    hub = town.hub
    number, card = await _in_triage(town)
    offer = hub.last(town.maria, OFFER)
    for _ in range(2):
        hub.world.press(town.dut, town.triage["id"], card["message_id"], HALVES)
    hub.world.press(town.maria, town.maria["id"], offer["message_id"], "Да, отдельно")
    await hub.settle()
    async with hub.app.store.reading() as uow:
        events = [e.action for e in await uow.appeals.events_of(AppealId(number))]
        every = await uow.select(Appeal)
    assert events.count("split_off") == 1
    assert len(every) == 2


async def test_what_the_citizen_has_parted_is_offered_to_nobody(town: Town) -> None:
    hub = town.hub
    number, card = await _in_triage(town)
    await hub.press(town.maria, hub.last(town.maria, OFFER), "Да, отдельно")
    with pytest.raises(OutOfDate):
        await at_the_desk(town, town.dut, splitting.halve, number)
    with pytest.raises(LookupError):
        await hub.press(town.dut, card, HALVES)


async def test_only_the_duty_officer_parts(town: Town) -> None:
    hub = town.hub
    number, card = await _in_triage(town)
    assert "нет роли" in str(await hub.press(town.ivan, card, HALVES))
    with pytest.raises(Denied):
        await at_the_desk(town, town.road, splitting.halve, number)
    async with hub.app.store.reading() as uow:
        assert len(await uow.select(Appeal)) == 1


async def test_one_problem_has_no_such_button(town: Town) -> None:
    await town.hub.say(town.maria, "Сделайте уже наконец хоть что-нибудь, безобразие")
    assert "Разделить" not in str(_keys(town.hub.last(town.triage, "куда?")))
