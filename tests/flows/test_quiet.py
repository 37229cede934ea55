"""§0.3: at night nothing of ours makes a sound on a citizen's phone; it arrives all the same."""

from __future__ import annotations

from datetime import datetime

from tests.flows.conftest import Town
from tests.support.hub import ZONE


def _at(hour: int, minute: int = 0, day: int = 24) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


async def test_s0_3_an_answer_and_a_question_at_night_arrive_without_a_sound(town: Town) -> None:
    hub = town.hub
    answered, asked = await town.open_case(), await town.open_case()
    await hub.go(_at(20, 50))
    assert not (await town.answered(answered)).get("disable_notification"), "it is evening yet"
    await hub.go(_at(21, 0))
    await town.ask(asked, "Какой это подъезд?")
    assert hub.last(town.maria, "Вопрос по")["disable_notification"]
    # Staff are on duty: what she says at night is heard in the chat.
    await hub.say(town.maria, "Второй подъезд")
    replied = hub.last(town.hcs, "Житель ответил")
    assert not replied.get("disable_notification")
    # She is up, having just written: what is said to her now is heard.
    await hub.go(_at(21, 10))
    preview = await town.redraft(asked)
    await hub.press(town.ivan, preview, "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить до"), "Пропустить")
    assert not hub.last(town.maria, "Получилось?").get("disable_notification")


async def test_s0_3_in_the_morning_it_sounds_again_and_danger_always(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.go(_at(7, 59, day=25))
    assert (await town.answered(number))["disable_notification"]
    other = await town.open_case()
    await hub.go(_at(8, 30, day=25))
    assert not (await town.answered(other)).get("disable_notification")
    await hub.go(_at(23, 0, day=25))
    await hub.say(town.maria, "Пахнет газом в подъезде на Островского 12")
    danger = hub.last(town.maria, "Это опасно")
    assert not danger.get("disable_notification")
    case = int(danger["text"].split("№ ")[1].split(".")[0].split()[0])
    await hub.go(_at(23, 40, day=25))
    await hub.press(town.ivan, town.card(case), f"s1.take.{case}")
    assert not hub.last(town.maria, f"№ {case}: дежурный").get("disable_notification")
