"""Living speech becomes appeals: bursts, joining, parting, albums, edits, danger (§1.2–1.15)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services import conversation
from services.model import AppealId
from tests.flows.conftest import Person, Town

PICTURE = b"\x89PNG not looked into"
PIT = "На Морской огромная яма на дороге посреди асфальта"
SECOND = timedelta(seconds=1)
MOVED_ON = "Карточка изменилась, показываю свежую"


def _with(town: Town, who: Person, part: str) -> list[Any]:
    return [m for m in town.hub.texts(who) if part in m.get("text", "")]


def _buttons(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [b["text"] for row in rows for b in row]


async def test_s1_2_a_greeting_words_a_photo_and_more_words_are_one_appeal(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Здравствуйте", wait=False)
    await hub.go(3 * SECOND)
    await hub.say(town.maria, town.REPORT, wait=False)
    await hub.say(town.maria, photo=PICTURE, wait=False)
    await hub.go(4 * SECOND)
    assert not _with(town, town.maria, "Принято"), "he is still speaking"
    await hub.say(town.maria, "Уже месяц", wait=False)
    await hub.go(4 * SECOND)
    assert not _with(town, town.maria, "Принято")
    await hub.go(SECOND)
    (receipt,) = _with(town, town.maria, "Поняли так")
    assert "1 фото" in receipt["text"]
    assert "чт, 26 ноября, 10:12" not in receipt["text"]
    assert "ср, 25 ноября, 11:02" in receipt["text"], "counted from the first word, 10:12"
    assert not _with(town, town.maria, "Здравствуйте. Что случилось")
    card = town.card(town.number(town.maria))["text"]
    assert "Здравствуйте" in card
    assert "Уже месяц" in card
    await hub.go(timedelta(minutes=10))
    assert len(_with(town, town.maria, "Поняли так")) == 1, "registered once"


async def test_s1_2_what_is_not_understood_waits_a_minute_and_five_at_most(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Помогите, у нас тут непорядок", wait=False)
    await hub.go(59 * SECOND)
    assert not _with(town, town.maria, "Принято")
    for _ in range(5):
        await hub.say(town.maria, "и никто не едет", wait=False)
        await hub.go(45 * SECOND)
    assert not _with(town, town.maria, "Принято"), "4:44 since the first word"
    await hub.go(16 * SECOND)
    (receipt,) = _with(town, town.maria, "Поняли так")
    assert "выбираем отдел" in receipt["text"]


async def test_s1_2_hello_and_thanks_alone_are_no_case(town: Town) -> None:
    await town.hub.say(town.maria, "Здравствуйте!", wait=False)
    assert not _with(town, town.maria, "Что случилось и где?")[1:]
    await town.hub.go(5 * SECOND)
    assert _with(town, town.maria, "Здравствуйте. Что случилось и где?")
    await town.hub.say(town.maria, "Спасибо большое")
    assert _with(town, town.maria, "Пожалуйста.")
    assert not _with(town, town.maria, "Поняли так")


async def test_s1_6_further_words_join_and_are_acknowledged_once(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.go(timedelta(minutes=20))
    await hub.say(town.maria, "Соседи тоже жалуются", wait=False)
    await hub.say(town.maria, photo=PICTURE, wait=False)
    (added,) = _with(town, town.maria, f"Добавили к № {number}.")
    assert added["disable_notification"]
    assert _buttons(added) == ["Это о другом"]
    assert hub.last(town.hcs, "Соседи тоже жалуются")["disable_notification"]
    assert len(_with(town, town.maria, "Поняли так")) == 1
    assert "1 фото" in hub.last(town.maria, "Поняли так")["text"]
    await hub.go(timedelta(minutes=31))
    await hub.say(town.maria, "На Ленина 7 слабый напор воды, кран еле течёт")
    assert town.number(town.maria) != number, "after half an hour it is a new matter"


async def test_s1_6_about_something_else(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.say(town.maria, "А ещё там всё плохо у соседей", wait=False)
    await hub.say(town.maria, photo=PICTURE, wait=False)
    added = hub.last(town.maria, f"Добавили к № {number}.")
    await hub.press(town.maria, added, "Это о другом")
    other = town.number(town.maria)
    assert other != number
    assert "отдельное сообщение" in hub.last(town.maria, f"№ {other}.")["text"]
    assert f"о другом: № {other}" in hub.last(town.hcs, "о другом")["text"]
    old = next(m for m in _with(town, town.maria, "Поняли так") if f"№ {number}\n" in m["text"])
    assert "Вложения" not in old["text"]
    new = next(m for m in _with(town, town.maria, "Поняли так") if f"№ {other}\n" in m["text"])
    assert "1 фото" in new["text"]
    async with hub.app.store.reading() as uow:
        words = [u.text for u in await uow.appeals.utterances_of(AppealId(other))]
        assert words[0] == "А ещё там всё плохо у соседей"
        events = [e.action for e in await uow.appeals.events_of(AppealId(number))]
        assert events[-3:] == ["add", "add", "split_off"]
    petr = await hub.citizen("Пётр")
    with pytest.raises(LookupError):
        await hub.press(petr, added, "Это о другом")


async def test_s1_6_a_second_problem_has_a_receipt_and_the_way_back(town: Town) -> None:
    hub = town.hub
    first = await town.open_case()
    await hub.say(town.maria, PIT)
    second = town.number(town.maria)
    assert second != first
    receipt = hub.last(town.maria, "Поняли так")
    assert f"Это всё о № {first}" in _buttons(receipt)
    assert await hub.press(town.maria, receipt, f"Это всё о № {first}") is None
    assert f"Всё собрали в № {first}" in hub.last(town.maria, f"Закрыто, № {second}")["text"]
    assert f"то же, что № {first}" in town.card(second, town.rod)["text"]
    assert "Взять" not in _buttons(town.card(second, town.rod))
    assert "огромная яма" in hub.last(town.hcs, "огромная яма")["text"]
    await hub.say(town.maria, "и никто не едет", wait=False)
    assert hub.last(town.maria, f"Добавили к № {first}.")


async def test_s1_6_what_is_taken_is_not_merged_any_more(town: Town) -> None:
    hub = town.hub
    first = await town.open_case()
    await hub.say(town.maria, PIT)
    second, old = town.number(town.maria), hub.last(town.maria, "Поняли так")
    await hub.press(town.road, town.card(second, town.rod), "Взять")
    assert f"Это всё о № {first}" not in _buttons(hub.last(town.maria, "В работе"))
    assert old["message_id"] == hub.last(town.maria, f"№ {second}\n")["message_id"]


async def test_s1_6_add_more_until_done(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, hub.last(town.maria, "Поняли так"), "Дополнить")
    asked = hub.last(town.maria, f"всё попадёт в № {number}")
    await hub.say(town.maria, PIT, wait=False)
    await hub.say(town.maria, photo=PICTURE, wait=False)
    assert len(_with(town, town.maria, "Добавили к №")) == 1
    await hub.press(town.maria, asked, "Готово")
    assert hub.last(town.maria, f"Готово, всё в № {number}.")
    await hub.say(town.maria, PIT)
    assert town.number(town.maria) != number


async def test_s1_4_an_album_in_parts_and_in_any_order_is_one_appeal(town: Town) -> None:
    hub = town.hub
    said = await hub.say(town.maria, media_group=[PICTURE] * 3, caption=town.REPORT, wait=False)
    for number in (9_000_001, 9_000_002):
        late = {**said[0], "message_id": number}
        late.pop("caption", None)
        hub.world.add_update({"message": late})
        await hub.settle()
        await hub.spoken()
    (receipt,) = _with(town, town.maria, "Поняли так")
    assert "5 фото" in receipt["text"]
    assert not _with(town, town.maria, "Добавили")


async def test_s1_15_edits_of_a_draft_of_a_case_and_after_the_answer(town: Town) -> None:
    hub = town.hub
    said = await hub.say(town.maria, PIT, wait=False)
    hub.world.edit(town.maria, town.maria["id"], said["message_id"], town.REPORT)
    await hub.settle()
    await hub.spoken()
    number = town.number(town.maria)
    assert "слабый напор" in town.card(number)["text"]
    assert "Правку учли" not in hub.last(town.maria, "Поняли так")["text"]
    words = town.REPORT.replace("12", "14")
    hub.world.edit(town.maria, town.maria["id"], said["message_id"], words)
    await hub.settle()
    assert "Правку учли в 10:12" in hub.last(town.maria, "Поняли так")["text"]
    await town.answered(number)
    hub.world.edit(town.maria, town.maria["id"], said["message_id"], town.REPORT)
    await hub.settle()
    late = hub.last(town.maria, "Правку видим, но ответ уже дан.")
    await hub.press(town.maria, late, "Вернуть в работу")
    assert hub.last(town.maria, f"№ {number} вернули в работу")
    assert "вернул житель (1 из 2)" in town.card(number)["text"]
    assert await hub.press(town.maria, late, "Вернуть в работу") == MOVED_ON


async def test_s1_15_a_flood_is_kept_whole_and_said_once(town: Town) -> None:
    hub = town.hub
    for n in range(14):
        hub.world.say(town.maria, f"слово {n}")
    await hub.settle()
    assert len(_with(town, town.maria, "Сообщений много")) == 1
    hub.world.say(town.maria, "Сильный запах газа в подъезде, Островского 12")
    await hub.settle()
    assert hub.last(town.maria, "Сначала позвоните 112"), "an emergency passes"
    await hub.spoken()
    async with hub.app.store.reading() as uow:
        account = await uow.people.account("telegram", str(town.maria["id"]))
        assert account is not None
        said: list[str] = []
        for appeal in await uow.appeals.of_person(account.person_id):
            said += [u.text for u in await uow.appeals.utterances_of(appeal.id)]
    assert sorted(t for t in said if t.startswith("слово")) == sorted(
        f"слово {n}" for n in range(14)
    )


async def test_s1_5_an_emergency_is_registered_accepted_and_calmed(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Здравствуйте", wait=False)
    await hub.say(town.maria, "Сильный запах газа в подъезде, Островского 12", wait=False)
    number = town.number(town.maria)
    advice = hub.last(town.maria, "Сначала позвоните 112")
    await hub.say(town.maria, "Скорее, запах газа сильнее", wait=False)
    assert len(_with(town, town.maria, "Сначала позвоните 112")) == 1, "one case, one call"
    await hub.press(town.maria, advice, "Уже не опасно")
    assert hub.last(town.maria, "Спасибо, передали дежурному. Сообщение остаётся в работе.")
    assert "уже не опасно" in hub.last(town.triage, "уже не опасно")["text"]
    card = town.card(number, town.hcs)
    assert "🚨" in card["text"], "only a person lowers urgency"
    await hub.press(town.maria, advice, "Уже не опасно")
    assert len(_with(town, town.triage, "уже не опасно")) == 1
    await hub.press(town.ivan, card, "Принял")
    accepted = hub.last(town.maria, f"🚨 № {number}: дежурный принял в 10:12")
    assert not accepted.get("disable_notification")


async def test_s8_danger_before_consent_calls_once_and_is_a_case_after_it(town: Town) -> None:
    hub = town.hub
    petr = hub.world.add_user("Пётр")
    await hub.say(petr, "Сильный запах газа в подъезде")
    await hub.say(petr, "Запах газа, приезжайте")
    (first,) = _with(town, town.triage, "согласия ещё нет")
    await hub.say(petr, "Островского 12")
    (again,) = _with(town, town.triage, "согласия ещё нет")
    assert again["message_id"] > first["message_id"], "it sounds anew: nobody could go there before"
    assert "Островского, 12" in again["text"]
    assert "Пётр" not in again["text"]
    await hub.press(petr, hub.last(petr, "Нужно ваше согласие"), "Даю согласие")
    number = town.number(petr)
    assert "🚨" in town.card(number, town.triage)["text"]
    assert len(_with(town, petr, "Принято, №")) == 1


async def test_s1_15_our_failure_is_owned_up_to(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.receive.worker.DELAYS", (0.01, 0.01, 0.01))

    async def choke(*_: Any) -> None:
        raise RuntimeError("cannot swallow")

    monkeypatch.setattr(conversation, "receive", choke)
    for _ in range(2):
        await town.hub.say(town.maria, town.REPORT)
    said = "Что-то сломалось у нас, не у вас. Сообщение сохранили, повторять не нужно."
    assert len(_with(town, town.maria, said)) == 1


async def test_s8_a_burst_is_forgotten_with_its_author(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, town.REPORT, wait=False)
    await hub.say(town.maria, "/forgetme", wait=False)
    await hub.press(town.maria, hub.last(town.maria, "Удалить ваши данные?"), "Удалить")
    await hub.go(timedelta(minutes=10))
    assert not _with(town, town.maria, "Поняли так")
    assert not hub.world.find(town.hcs["id"], "напор")
