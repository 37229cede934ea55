"""From «Другая тема» to a model: what staff say a case is about, the next night is learnt."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from bot.classifier import read_model
from bot.models import Models
from services.model import Appeal, Because, Label
from tests.flows.conftest import Person, Town
from tests.flows.test_nightly_learning import NIGHT, OURS, _said
from tests.flows.test_topic_change import tell_topic
from tests.support.lessons import WHEN, WHERE

SURGES = "скачки напряжения"
LEARNT = "Низкое качество электроснабжения, плохое состояние электросетевого хозяйства"
"""What it is reported under."""
SAID = [
    f"Лампочки {where} мигают и перегорают. {when}".strip()
    for where, when in product(WHERE, WHEN[:2])
]
"""No word of it is in the vocabulary."""


async def _to_the_block(town: Town, citizen: Person, text: str) -> int:
    """The hub knows nothing of it; the duty officer knows whose it is. Returns the number."""
    hub = town.hub
    await hub.say(citizen, text)
    number = town.number(citizen)
    await hub.press(town.dut, hub.last(town.triage, f"№ {number} · куда?"), "Другой блок")
    menu = hub.last(town.triage, f"№ {number}: какой блок?")
    await hub.press(town.dut, menu, "ЖКХ и энергетика")
    return number


async def test_topics_that_staff_tell_are_learnt_by_the_next_model(
    town: Town, tmp_path: Path
) -> None:
    hub, models = town.hub, Models(tmp_path / "models")
    for n, text in enumerate(SAID):
        citizen = await hub.citizen(f"Житель {n}")
        number = await _to_the_block(town, citizen, text)
        assert await tell_topic(town, number, SURGES, town.ivan) == f"Тема: {SURGES}"
    async with hub.app.store.reading() as uow:
        labels = await uow.select(Label)
    assert {(label.topic, *label.groups) for label in labels} == {("power_quality", "Энергетика")}
    assert {label.because for label in labels} == {Because.CHOSEN}
    assert [label.text for label in labels] == SAID
    # What they have said of other blocks before: a hundred lessons are the least.
    await _said(town, OURS[:90])

    await hub.go(NIGHT)
    offer = hub.last(hub.admin, "Выучена новая модель")
    name = models.names()[0]
    assert LEARNT in read_model(models.folder / name).topics
    await hub.press(hub.admin, offer, "Включить")
    assert models.history()[-1] == name

    oleg = await hub.citizen("Олег")
    await hub.say(oleg, "Лампочки на Полевой мигают и перегорают каждый вечер.")
    async with hub.app.store.reading() as uow:
        appeal = await uow.need(Appeal, town.number(oleg))
    assert (appeal.topic, appeal.read_by) == ("power_quality", name.removesuffix(".model"))
    assert "Поняли так: скачки напряжения" in hub.last(oleg, "Поняли так")["text"]
