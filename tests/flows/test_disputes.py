"""The third return: the head of МЦУ decides, with a reason in words (§1.12, §3.2)."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.conftest import Town
from tests.flows.test_refusals import refused


async def _disputed(town: Town) -> int:
    """A case returned three times."""
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    for time in (1, 2, 3):
        await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Не решено")
        if time < 3:
            assert f"({time} из 2)" in town.card(number)["text"]
            await hub.press(town.ivan, await town.draft(number), "m1.send")
            await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    return number


async def test_s3_2_a_dispute_is_decided_once_with_a_reason(town: Town) -> None:
    hub = town.hub
    second = await hub.staff("Марк", "MHD")
    number = await _disputed(town)
    assert "решает руководитель МЦУ" in town.card(number)["text"]
    assert "Решение — до ср, 25 ноября." in hub.last(town.maria, "в третий раз")["text"]
    dispute, other = hub.last(town.head, "решаете вы"), hub.last(second, "решаете вы")
    assert "Решить до ср 25.11 18:00" in dispute["text"]
    await hub.press(second, other, "Оставить ответ")
    await hub.press(town.head, dispute, "Вернуть в работу")
    assert not hub.world.find(town.maria["id"], "разобрались"), "not without a reason"
    await hub.say(town.head, "Замеров давления в ответе нет.")
    assert hub.last(town.maria, "разобрались")["text"].startswith(
        f"⚖️ № {number}: разобрались. Возвращаем в работу, срок до пн, 30 ноября, 18:00: "
        "Замеров давления в ответе нет."
    )
    assert "вернул житель" in town.card(number)["text"]
    for person, who in ((town.head, "вы"), (second, "Марина")):
        settled = hub.last(person, "вернули в работу")
        assert settled["text"].startswith(f"⚖️ № {number}: вернули в работу, {who}, 10:12")
        assert "reply_markup" not in settled
    assert not hub.world.find(second["id"], "решаете вы")
    await hub.say(second, "напор в норме")
    assert hub.last(second, "Уже решено: Марина, 10:12")
    assert len([m for m in hub.texts(town.maria) if "разобрались" in m["text"]]) == 1


async def test_s3_2_the_answer_stands(town: Town) -> None:
    hub = town.hub
    await _disputed(town)
    await hub.press(town.head, hub.last(town.head, "решаете вы"), "Оставить ответ")
    await hub.say(town.head, "напор в норме, акт приложен")
    said = hub.last(town.maria, "разобрались")["text"]
    assert "Ответ отдела оставили: напор в норме, акт приложен." in said
    await hub.say(town.head, "Добрый день")
    assert len([m for m in hub.texts(town.maria) if "разобрались" in m["text"]]) == 1


async def test_s3_2_nobody_in_private_the_duty_chat_asks(town: Town) -> None:
    """The head stopped the bot: the question stands in the duty chat; an executor cannot press."""
    hub = town.hub
    hub.world.block(town.head)
    await hub.settle()
    number = await _disputed(town)
    dispute = hub.last(town.triage, "решаете вы")
    toast = await hub.press(town.ivan, dispute, "Оставить ответ")
    assert toast == "У вас нет роли для этого"
    hub.world.add_member(town.triage["id"], town.head)
    await hub.press(town.head, dispute, "Оставить ответ")
    prompt = hub.last(town.triage, "оставляем?")
    await hub.say(town.ivan, "потому что", chat=town.triage, reply_to=prompt["message_id"])
    assert not hub.world.find(town.maria["id"], "разобрались")
    await hub.say(town.head, "напор в норме", chat=town.triage, reply_to=prompt["message_id"])
    assert "ответ оставили" in hub.last(town.triage, f"⚖️ № {number}")["text"]
    assert hub.last(town.maria, "разобрались")


async def test_s3_2_returned_by_a_citizen_the_deputy_reads_the_card(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Не решено")
    await hub.press(town.deputy, hub.last(town.deputy, f"№ {number} вернул житель"), "Карточка")
    assert hub.last(town.deputy, "кран еле течёт")


async def test_s1_12_arguments_reach_who_decides(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await refused(town, number), "Хочу оспорить")
    await hub.go(timedelta(minutes=20))
    question = hub.last(town.head, "решаете вы")
    await hub.say(town.maria, "Это не частный проезд, вот выписка из кадастра")
    await hub.say(town.maria, photo=b"\x89PNG", caption="Выписка")
    assert town.number(town.maria) == number
    assert hub.last(town.maria, f"Добавили к № {number}.")
    fresh = hub.last(town.head, "решаете вы")
    assert fresh["message_id"] == question["message_id"]
    assert "вот выписка из кадастра\nВыписка" in fresh["text"]
    told = hub.last(town.head, "Житель добавил:\nЭто не частный")
    assert told["reply_to_message"]["message_id"] == question["message_id"]
    assert [m for m in hub.texts(town.head) if m.get("photo")], "the photo, too"
    await hub.say(town.maria, "У дома на Мира 5 не горит фонарь")
    assert town.number(town.maria) != number, "another matter stays another matter"
