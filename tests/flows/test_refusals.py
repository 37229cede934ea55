"""«Отказано», «передано», «отклонено»: only «понятно?», never 1–5 (§1.11, §1.12)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services import forwarding, rejecting
from tests.flows.conftest import Town, at_the_desk
from tests.support.hub import ZONE

WHY = "Проезд частный, тратить на него деньги города закон не разрешает. Решает собственник земли."
ADVICE = "Собственник — товарищество дома, а если оно не отвечает — жилищная инспекция."


def buttons(message: dict[str, Any]) -> list[str]:
    """What can be pressed under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [b["text"] for row in rows for b in row]


async def refused(town: Town, number: int) -> dict[str, Any]:
    """Ivan refuses, Olga lets it pass; the citizen's message."""
    hub = town.hub
    preview = await town.draft(number, WHY)
    await hub.press(town.ivan, preview, "☐ Отказано")
    await hub.press(town.ivan, hub.last(town.hcs, "почему сделать нельзя"), "Частное владение")
    prompt = hub.last(town.hcs, "что житель может сделать")
    await hub.say(town.ivan, ADVICE, chat=town.hcs, reply_to=prompt["message_id"])
    await hub.press(town.ivan, hub.last(town.hcs, "ещё не отправлен"), "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить до"), "Пропустить")
    return hub.last(town.maria, "сделать это не сможем")


async def test_s1_11_a_refusal_has_a_ground_and_says_what_can_be_done(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    preview = await town.draft(number, WHY)
    assert "☐ Отказано" in buttons(preview)
    await hub.press(town.ivan, preview, "☐ Отказано")
    menu = hub.last(town.hcs, "почему сделать нельзя")
    stranger = await hub.press(town.pavel, menu, "Нет денег")
    assert stranger == "Меню открыл(а) Иван"
    await hub.press(town.ivan, menu, "Частное владение")
    assert not hub.world.find(town.hcs["id"], "почему сделать нельзя"), "the menu is gone"
    preview = hub.last(town.hcs, "ещё не отправлен")
    assert "Отказ: частное владение" in preview["text"]
    toast = await hub.press(town.ivan, preview, "m1.send")
    assert toast == "В отказе нужно, что человек может сделать: нажмите «Что можно»"
    await hub.press(town.ivan, preview, "Что можно")
    prompt = hub.last(town.hcs, "что житель может сделать")
    await hub.say(town.pavel, "ничего", chat=town.hcs, reply_to=prompt["message_id"])
    assert hub.last(town.hcs, "Спросили не вас: ответить может Иван.")
    await hub.say(town.ivan, ADVICE, chat=town.hcs, reply_to=prompt["message_id"])
    await hub.press(town.ivan, hub.last(town.hcs, "ещё не отправлен"), "m1.send")
    assert f"Что жителю можно: {ADVICE}" in hub.last(town.quality, "проверить до")["text"]
    await hub.press(town.olga, hub.last(town.quality, "проверить до"), "Пропустить")
    said = hub.last(town.maria, "сделать это не сможем")
    assert said["text"].startswith(f"▫️ № {number}: сделать это не сможем\n{WHY}\nЧто можно: ")
    assert said["text"].endswith("Понятно, почему так?")
    assert buttons(said) == ["Понятно", "Не понятно", "Хочу оспорить"]
    assert "отказ, ждём слова жителя" in town.card(number)["text"]
    await hub.press(town.maria, said, "Понятно")
    said = hub.last(town.maria, "сделать это не сможем")
    assert said["text"].endswith("Вы ответили: понятно.")
    assert not buttons(said)
    assert not hub.world.find(town.maria["id"], "Как мы сработали?"), "never 1–5"
    assert town.card(number)["text"].startswith(f"▫️ № {number} · сделать не можем")
    assert hub.last(town.maria, "Поняли так")["text"].startswith(f"▫️ Закрыто, № {number}")


async def test_s2_4_what_cannot_be_done_is_a_refusal_from_its_first_word(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.press(town.ivan, town.card(number), "Не наше")
    await hub.press(town.ivan, hub.last(town.hcs, "что случилось?"), "Сделать нельзя")
    prompt = hub.last(town.hcs, "объясните жителю")
    await hub.say(town.ivan, WHY, chat=town.hcs, reply_to=prompt["message_id"])
    preview = hub.last(town.hcs, "ещё не отправлен")
    assert "☑ Отказано" in buttons(preview)
    assert "☑ Решено" not in buttons(preview)
    assert "Отказ: основание ещё не выбрано" in preview["text"]
    toast = await hub.press(town.ivan, preview, "m1.send")
    assert toast == "Выберите, почему нельзя: нажмите «Отказано» ещё раз"
    await hub.press(town.ivan, hub.last(town.hcs, "почему сделать нельзя"), "Частное владение")
    prompt = hub.last(town.hcs, "что житель может сделать")
    await hub.say(town.ivan, ADVICE, chat=town.hcs, reply_to=prompt["message_id"])
    # Said again in other words it is still a refusal, with its ground and its advice.
    preview = await town.redraft(number, WHY + " Это её забота.")
    assert "☑ Отказано" in buttons(preview)
    assert f"Что жителю можно: {ADVICE}" in preview["text"]
    assert not hub.world.find(town.hcs["id"], "почему сделать нельзя"), "nothing is asked twice"
    await hub.press(town.ivan, preview, "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить до"), "Вернуть")
    remark = hub.last(town.quality, "поправить")
    await hub.say(town.olga, "Короче.", chat=town.quality, reply_to=remark["message_id"])
    preview = await town.redraft(number, WHY)
    assert "☑ Отказано" in buttons(preview)
    await hub.press(town.ivan, preview, "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить до"), "Пропустить")
    assert "Понятно, почему так?" in hub.last(town.maria, "сделать это не сможем")["text"]
    assert not hub.world.find(town.maria["id"], "Получилось?")


async def test_s1_11_not_clear_comes_back_with_the_citizens_words(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.go(datetime(2026, 11, 24, 15, 20, tzinfo=ZONE))
    said = await refused(town, number)
    await hub.press(town.maria, said, "Не понятно")
    asked = hub.last(town.maria, "Что осталось неясно?")["text"]
    assert asked == "Что осталось неясно? Напишите, объясним проще до пн, 30 ноября, 18:00."
    await hub.go(timedelta(hours=20))
    await hub.say(town.maria, "А чей это проезд, если не города?")
    assert "объясним проще до пн, 30 ноября, 18:00" in hub.last(town.maria, "Передали")["text"]
    assert "чей это проезд" in hub.last(town.hcs, "Житель не понял ответ")["text"]
    card = town.card(number)["text"]
    assert card.startswith(f"↩️ № {number} · вернул житель (1 из 2), не понятно, почему отказали")
    assert "пн 30.11 18:00 (половина срока)" in card
    assert hub.last(town.maria, "сделать это не сможем")["text"].endswith("не понятно.")
    assert await hub.press(town.ivan, town.card(number), f"s1.take.{number}")


async def test_s1_11_a_disputed_refusal_is_decided_by_the_head(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    said = await refused(town, number)
    petr = await hub.citizen("Пётр")
    await hub.press(town.maria, said, "Хочу оспорить")
    told = hub.last(town.maria, "Теперь решает руководитель МЦУ")["text"]
    assert told.endswith("Решение — до ср, 25 ноября.")
    assert "решает руководитель МЦУ" in town.card(number)["text"]
    question = hub.last(town.head, "житель оспорил отказ")
    assert "Решить до ср 25.11 18:00" in question["text"]
    await hub.press(town.head, question, "Оставить ответ")
    await hub.say(town.head, "Проезд частный.")
    decision = hub.last(town.maria, "разобрались")
    assert buttons(decision) == ["Понятно", "Не понятно"]
    await hub.press(town.maria, decision, "Не понятно")
    await hub.say(town.maria, "Почему нельзя хотя бы подсыпать?")
    assert hub.last(town.maria, "Передали. Дежурный объяснит здесь.")
    question = hub.last(town.triage, "житель не понял решение")
    assert "подсыпать" in question["text"]
    await hub.say(town.ivan, "нет", chat=town.triage, reply_to=question["message_id"])
    assert hub.last(town.triage, "У вас нет роли для этого")
    words = "Подсыпать чужую землю город не может: это платит собственник."
    await hub.say(town.dut, words, chat=town.triage, reply_to=question["message_id"])
    assert hub.last(town.triage, "Отправили жителю.")
    explained = hub.last(town.maria, words)
    await hub.press(town.maria, explained, "Понятно")
    assert hub.last(town.maria, words)["text"].endswith("Вы ответили: понятно.")
    assert not hub.world.find(petr["id"], "разобрались")


async def test_s1_11_silence_closes_a_refusal_without_asking_for_a_mark(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await refused(town, number)
    await hub.go(timedelta(days=4))
    assert not hub.world.find(town.maria["id"], "Получилось ли с")
    await hub.go(timedelta(days=4))
    assert "закрыто без оценки" in town.card(number)["text"]
    assert not buttons(hub.last(town.maria, "сделать это не сможем"))


async def test_s1_11_forwarded_with_a_date_and_what_the_service_said(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await at_the_desk(town, town.dut, forwarding.forward, number, service="water")
    told = hub.last(town.maria, "этим ведает")
    assert told["text"] == (
        f"▫️ № {number}: этим ведает Водоканал. Мы сами передали туда ваше сообщение 24 ноября. "
        "Ответ ждём до 24 декабря, перешлём вам."
    )
    assert f"▫️ № {number} · передано: Водоканал, 24.11" in town.card(number)["text"]
    await hub.press(town.maria, told, "Понятно")
    assert hub.last(town.maria, "этим ведает")["text"].endswith("Вы ответили: понятно.")
    assert not hub.world.find(town.triage["id"], "сегодня ждём ответ")
    await hub.go(datetime(2026, 12, 24, 9, 0, tzinfo=ZONE))
    due = hub.last(town.triage, "сегодня ждём ответ, Водоканал")
    await hub.say(
        town.dut, "Водоканал заменил трубу.", chat=town.triage, reply_to=due["message_id"]
    )
    assert "Водоканал заменил трубу." in hub.last(town.maria, f"По № {number}")["text"]


async def test_s1_11_rejected_by_a_person_who_may_be_wrong(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Помогите, пожалуйста, у нас тут непорядок")
    number = town.number(town.maria)
    await at_the_desk(town, town.dut, rejecting.reject, number, reason="nothing")
    told = hub.last(town.maria, "не увидели, что нужно сделать")
    assert buttons(told) == ["Вы ошиблись"]
    assert "закрыто как «не проблема», Дарья" in hub.last(town.triage, f"№ {number}")["text"]
    await hub.press(town.maria, told, "Вы ошиблись")
    assert hub.last(town.maria, "посмотрим ещё раз")
    await hub.press(town.head, hub.last(town.head, "решаете вы"), "Вернуть в работу")
    await hub.say(town.head, "Есть что делать")
    assert "Возвращаем в работу" in hub.last(town.maria, "разобрались")["text"]
    triage = hub.last(town.triage, f"№ {number} · куда?")
    await hub.press(town.dut, triage, "Другой блок")
    assert hub.last(town.triage, "какой блок?")
