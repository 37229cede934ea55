"""A topic of the region's classifier has a name of its own for whoever reads English."""

from __future__ import annotations

from tests.flows.conftest import Person, Town

CASH = "В Пшаде нет ни одного банкомата, наличные снять негде"


async def test_a_citizen_reads_the_topic_in_english(town: Town) -> None:
    hub = town.hub
    john = await hub.citizen("John", language_code="en")
    await hub.say(john, CASH)
    assert "We understood: cash machines" in hub.last(john, "Received, No.")["text"]
    await hub.say(john, "/my")
    listed = hub.last(john, "Your messages")
    (label,) = [key for key in _labels(listed) if "cash machines" in key]
    await hub.press(john, listed, label)
    assert "cash machines" in hub.last(john, "No. 1 ·")["text"]


async def test_the_same_in_russian(town: Town) -> None:
    await town.hub.say(town.maria, CASH)
    assert "Поняли так: нет банкоматов и наличных" in town.hub.last(town.maria, "№ 1")["text"]


async def test_an_officer_reads_the_topic_of_a_call_and_of_a_queue_in_english(town: Town) -> None:
    hub = town.hub
    await hub.say(town.dut, "/language")
    await hub.press(town.dut, hub.last(town.dut, "Language"), "English")
    await hub.say(town.dut, "/new")
    await hub.press(town.dut, hub.last(town.dut, "How did"), "A call")
    await hub.say(town.dut, CASH)
    await hub.press(town.dut, hub.last(town.dut, "name and telephone"), "No name")
    check = hub.last(town.dut, "Is everything right?")
    assert "We understood: cash machines" in check["text"]
    await hub.press(town.dut, check, "Register")
    await hub.say(town.dut, "/queue")
    (label,) = _labels(hub.last(town.dut, "ithout an owner ·"))[:1]
    assert label.endswith("· cash machines")


def _labels(message: Person) -> list[str]:
    return [key["text"] for row in message["reply_markup"]["inline_keyboard"] for key in row]
