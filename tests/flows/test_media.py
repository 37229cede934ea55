"""Every kind of message: what came is passed on, what can't be is said (conversations.md §1.4)."""

from __future__ import annotations

from typing import Any

import pytest

from services.model import AppealId
from tests.flows.conftest import Person, Town

UNREADABLE = "Это мы прочитать не сумеем. Напишите словами или пришлите фото."


def _kinds(town: Town, chat: Person) -> list[str]:
    """What files stand in a chat, oldest first."""
    kinds = ("photo", "animation", "video", "document", "audio", "voice", "video_note")
    return [k for m in town.hub.texts(chat) for k in kinds if _has(m, k)]


def _has(message: Person, kind: str) -> bool:
    # An animation carries a twin document.
    return kind in message and not (kind == "document" and "animation" in message)


def _said(town: Town, chat: Person, text: str) -> int:
    return len([m for m in town.hub.texts(chat) if m.get("text") == text])


async def test_s1_4_every_kind_of_file_lies_under_the_card(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, media_group=[b"1", ("video", b"2"), b"3"], caption=town.REPORT)
    number = town.number(town.maria)
    assert "Вложения: 2 фото, 1 видео" in hub.last(town.maria, "Поняли так")["text"]
    card = town.card(number)
    assert "ниже: 2 фото, 1 видео · фото и файлы не замаскированы" in card["text"]
    album = [m for m in hub.texts(town.hcs) if "media_group_id" in m]
    assert len(album) == 3
    assert {m["reply_to_message"]["message_id"] for m in album} == {card["message_id"]}
    assert not any("caption" in m for m in album)
    reply = hub.last(town.maria, "Поняли так")["message_id"]
    for kind in ("animation", "voice", "audio", "video_note"):
        sent: dict[str, Any] = {kind: b"bytes"}
        await hub.say(town.maria, reply_to=reply, **sent)
    await hub.say(town.maria, document=("акт.pdf", b"pdf"), caption="Акт", reply_to=reply)
    assert sorted(_kinds(town, town.hcs)[3:]) == [
        "animation",
        "audio",
        "document",
        "video_note",
        "voice",
    ]
    receipt = hub.last(town.maria, "Поняли так")["text"]
    assert "Вложения: 2 фото, 3 видео, 2 голосовых, 1 файл" in receipt
    assert "голос и фото не замаскированы" in town.card(number)["text"]


async def test_s1_4_a_reply_to_a_file_under_the_card_is_an_answer(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, video=b"1", caption=town.REPORT)
    number = town.number(town.maria)
    await hub.press(town.ivan, town.card(number), "Взять")
    film = next(m for m in hub.texts(town.hcs) if "video" in m)
    await hub.say(town.ivan, town.ANSWER, chat=town.hcs, reply_to=film["message_id"])
    assert hub.last(town.hcs, f"Ответ на № {number}, ещё не отправлен")


@pytest.mark.parametrize(
    ("kind", "understood", "asked"),
    [
        ("photo", "Поняли так: фото без подписи", "Что на фото? Хватит двух слов."),
        ("video", "Поняли так: видео без подписи", "Что на видео? Хватит двух слов."),
        (
            "voice",
            "Поняли так: голосовое без подписи",
            "Голосовое передали. Пара слов текстом поможет быстрее.",
        ),
    ],
)
async def test_s1_4_files_without_a_word_are_asked_about_once(
    town: Town, kind: str, understood: str, asked: str
) -> None:
    hub = town.hub
    sent: dict[str, Any] = {kind: b"bytes"}
    await hub.say(town.maria, **sent)
    number = town.number(town.maria)
    assert understood in hub.last(town.maria, "Поняли так")["text"]
    assert _said(town, town.maria, asked) == 1
    triage = hub.last(town.triage, f"№ {number}")
    assert "не замаскирован" in triage["text"]
    assert _kinds(town, town.triage) == [kind]
    await hub.say(town.maria, "Ну вот так у нас")
    assert "Ну вот так у нас" in hub.last(town.triage, f"№ {number}")["text"]
    await hub.say(
        town.maria, town.REPORT, reply_to=hub.last(town.maria, "Поняли так")["message_id"]
    )
    card = town.card(number)
    assert town.REPORT in card["text"]
    assert "слабый напор воды" in hub.last(town.maria, "Поняли так")["text"]
    assert "ул. Островского, 12" in card["text"]
    assert _kinds(town, town.hcs) == [kind]
    assert "→" in hub.last(town.triage, f"№ {number}")["text"]
    assert _said(town, town.maria, asked) == 1


async def test_s1_4_words_at_last_may_tell_that_it_is_urgent(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, photo=b"1")
    number = town.number(town.maria)
    await hub.say(town.maria, "Открытый люк на Ленина у дома 7")
    assert town.number(town.maria) == number
    assert "Ответим до ср, 25 ноября, 10:12" in hub.last(town.maria, "Поняли так")["text"]
    assert "критическое" in town.card(number, town.rod)["text"]


async def test_s1_4_a_caption_added_by_an_edit_sorts_the_photo(town: Town) -> None:
    hub = town.hub
    said = await hub.say(town.maria, photo=b"1")
    number = town.number(town.maria)
    hub.world.edit(town.maria, town.maria["id"], said["message_id"], town.REPORT)
    await hub.settle()
    assert town.REPORT in town.card(number)["text"]
    assert _kinds(town, town.triage) == _kinds(town, town.hcs) == ["photo"]


async def test_s1_4_what_can_not_be_read_is_said(town: Town) -> None:
    hub = town.hub
    things: list[dict[str, Any]] = [{"sticker": True}, {"poll": "Кто?"}, {"dice": True}]
    for times, thing in enumerate(things, 1):
        await hub.say(town.maria, **thing)
        assert _said(town, town.maria, UNREADABLE) == times
    story = {"story": {"chat": {"id": town.maria["id"], "type": "private"}, "id": 1}}
    pinned = {"pinned_message": {"message_id": 1, "date": 0, "chat": story["story"]["chat"]}}
    for number, content in enumerate((story, pinned)):
        message = {
            "message_id": 9_100_000 + number,
            "date": 1_795_000_000,
            "chat": {"id": town.maria["id"], "type": "private"},
            "from": town.maria,
        }
        hub.world.add_update({"message": message | content})
        await hub.settle()
    assert _said(town, town.maria, UNREADABLE) == 4
    assert not hub.world.find(town.maria["id"], "Поняли так")


async def test_s1_4_a_venue_is_a_place_with_its_words(town: Town) -> None:
    hub = town.hub
    number = await town.open_case("Слабый напор воды, кран еле течёт")
    await hub.say(town.maria, venue=(44.5611, 38.0764, "Кафе «Волна»", "ул. Ленина, 7"))
    assert hub.last(town.maria, "Записали: Кафе «Волна», ул. Ленина, 7.")
    assert "Кафе «Волна», ул. Ленина, 7" in town.card(number)["text"]
    assert "44.56110, 38.07640" in town.card(number)["text"]


@pytest.mark.parametrize("whose", ["own", "another"])
async def test_s1_4_a_phone_is_kept_and_never_shown(town: Town, whose: str) -> None:
    hub = town.hub
    phone = "+79990001122"
    contact: Any = phone
    if whose == "another":
        contact = {"phone_number": phone, "first_name": "Пётр", "user_id": 77}
    number = await town.open_case()
    assert "оставил телефон" not in town.card(number)["text"]
    await hub.say(town.maria, contact=contact)
    assert hub.last(town.maria, "Телефон записали. Увидит его только исполнитель.")
    assert "оставил телефон" in town.card(number)["text"]
    chats = (town.hcs, town.triage, town.quality, town.ivan, town.deputy, town.maria)
    seen = [m.get("text", "") for chat in chats for m in hub.texts(chat)]
    assert not [text for text in seen if "9990001122" in text]
    await hub.say(town.maria, "/forgetme")
    await hub.press(town.maria, hub.last(town.maria, "Удалить ваши данные?"), "Удалить")
    async with hub.app.store.reading() as uow:
        account = await uow.people.account("telegram", str(town.maria["id"]))
        assert account is not None
        assert await uow.people.contacts_of(account.person_id) == []


async def test_s1_8_a_phone_answers_the_question_that_asked_for_it(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.ask(number, "Как вам позвонить?")
    await hub.say(town.maria, contact="+79990001122")
    assert "Иван, с" in town.card(number)["text"]
    assert "оставил телефон" in hub.last(town.hcs, "Житель ответил")["text"]


async def test_s1_1_what_came_before_consent_is_not_lost(town: Town) -> None:
    hub = town.hub
    petr = hub.world.add_user("Пётр")
    await hub.say(petr, voice=b"ogg")
    await hub.say(petr, contact="+79990003344")
    await hub.press(petr, hub.last(petr, "Нужно ваше согласие"), "Даю согласие")
    assert hub.last(petr, "Телефон записали")
    assert hub.last(petr, "Голосовое передали")
    assert _kinds(town, town.triage) == ["voice"]
    anna = hub.world.add_user("Анна")
    await hub.say(anna, contact="+79990005566")
    await hub.press(anna, hub.last(anna, "Нужно ваше согласие"), "Даю согласие")
    assert not hub.world.find(anna["id"], "Поняли так")


async def test_s2_4_a_video_is_evidence_and_a_voice_is_not(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    card = town.card(number)["message_id"]
    for kind, photos in (("voice", False), ("video", True)):
        sent: dict[str, Any] = {kind: b"bytes"}
        await hub.say(town.ivan, chat=town.hcs, reply_to=card, caption=town.ANSWER, **sent)
        async with hub.app.store.reading() as uow:
            answers = await uow.appeals.answers_of(AppealId(number))
            assert bool(answers[-1].photos) is photos
    await hub.press(town.ivan, hub.last(town.hcs, "ещё не отправлен"), "m1.send")
    check = hub.last(town.quality, "проверить")
    assert _kinds(town, town.quality) == ["video"]
    assert "Ниже, «после»: 1 видео" in check["text"]
    await hub.press(town.olga, check, "Пропустить")
    answer = hub.last(town.maria, "Получилось?")
    assert "Видео — ниже" in answer["text"]
    film = next(m for m in hub.texts(town.maria) if "video" in m)
    assert film["reply_to_message"]["message_id"] == answer["message_id"]
    assert "caption" not in film


async def test_s0_3_trouble_between_files_sends_none_of_them_twice(town: Town) -> None:
    hub = town.hub
    petr = hub.world.add_user("Пётр")
    await hub.say(petr, town.REPORT)
    await hub.say(petr, photo=b"1")
    await hub.say(petr, document=("акт.pdf", b"pdf"))
    await hub.say(petr, audio=b"mp3")
    await hub.say(petr, voice=b"ogg")
    hub.world.trouble.fail("sendDocument", code=429, retry_after=1)
    hub.world.trouble.fail("sendAudio", code=400)
    await hub.press(petr, hub.last(petr, "Нужно ваше согласие"), "Даю согласие")
    assert _kinds(town, town.hcs) == ["photo", "document", "voice"]
    assert hub.last(town.triage, "Не дошло: файлы по № ")
