"""Essence, questions and tone of a letter on the staff's cards; an answer is asked for by them."""

from __future__ import annotations

from typing import Any

from services.model import AppealId, SaidAs
from tests.flows.conftest import Town

LETTER = (
    "Здравствуйте! На Островского у дома 12 третий день слабый напор воды, кран еле течёт, пишу "
    "уже пятый раз. Прошу прислать слесаря. Когда почините? И кто вернёт деньги за <воду>? "
    "Не поможете — пойду в прокуратуру."
)


def lines(message: dict[str, Any]) -> list[str]:
    return str(message["text"]).split("\n")


async def test_the_card_says_since_when_what_is_asked_and_how(town: Town) -> None:
    number = await town.open_case(LETTER)
    card = lines(town.card(number))
    above, below = (
        card.index("Когда: третий день · просит: прислать слесаря"),
        card.index("Спрашивает:"),
    )
    words = next(i for i, line in enumerate(card) if line.startswith("Здравствуйте!"))
    assert above < words < below
    assert card[below + 1 : below + 4] == [
        "1. Когда почините?",
        "2. И кто вернёт деньги за <воду>?",
        "Тон: прокуратура или суд, не первый раз",
    ]


async def test_a_plain_report_has_no_line_more(town: Town) -> None:
    card = town.card(await town.open_case())["text"]
    for word in ("Когда:", "росит:", "Спрашивает", "Тон"):
        assert word not in card, word


async def test_a_text_that_is_one_question_is_not_said_twice(town: Town) -> None:
    number = await town.open_case("Когда на Островского 12 наладят слабый напор воды?")
    assert "Спрашивает" not in town.card(number)["text"]


async def test_who_answers_is_reminded_of_every_question(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(LETTER)
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.say(town.maria, "И почему нас не предупредили, мой телефон 8 918 123-45-67?")
    assert "Добавили" in hub.last(town.maria, "№ ")["text"]
    await hub.press(town.ivan, town.card(number), "Ответить")
    asks = f"№ {number}, житель спрашивает:"
    assert lines(hub.last(town.hcs, asks)) == [
        asks,
        "1. Когда почините?",
        "2. И кто вернёт деньги за <воду>?",
        "3. И почему нас не предупредили, мой телефон [телефон]?",
    ]
    prompt = hub.last(town.hcs, "ответ жителю по №")
    assert prompt["message_id"] > hub.last(town.hcs, asks)["message_id"]
    await hub.press(town.ivan, town.card(number), "Ответить")
    await hub.press(town.ivan, town.card(number), "Ответить")
    assert len([m for m in hub.texts(town.hcs) if asks in m.get("text", "")]) == 1, "said once"
    prompt = hub.last(town.hcs, "ответ жителю по №")
    await hub.say(town.ivan, town.ANSWER, chat=town.hcs, reply_to=prompt["message_id"])
    assert hub.last(town.hcs, "ещё не отправлен"), "the prompt is answered as before"
    await hub.say(town.maria, "/forgetme")
    await hub.press(town.maria, hub.last(town.maria, "Удалить ваши данные?"), "Удалить")
    assert not hub.world.find(town.hcs["id"], asks), "his words go from there too"
    assert "Тон" not in town.card(number)["text"]


async def test_tone_is_for_the_staff_only(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(LETTER)
    await hub.say(town.maria, "Бездельники, сколько можно писать")
    added = hub.last(town.hcs, "Житель добавил")
    assert lines(added)[-1] == "Тон: оскорбления, не первый раз"
    await town.answered(number)
    async with hub.app.store.reading() as uow:
        said = await uow.appeals.utterances_of(AppealId(number))
    assert [u.said_as for u in said][:2] == [SaidAs.OPENING, SaidAs.ADDED]
    own = [m.get("text", "") for m in hub.texts(town.maria) if m["from"]["is_bot"]]
    assert own
    assert not [text for text in own if "Тон:" in text or "прокуратура" in text]


async def test_the_duty_officer_reads_it_too(town: Town) -> None:
    hub = town.hub
    await hub.say(
        town.maria,
        "Вчера тут такое устроили, идиоты. Сделайте уже что-нибудь. Кто ответит? Когда?",
    )
    card = lines(hub.last(town.triage, "куда?"))
    assert "Когда: вчера · просит: сделайте уже что-нибудь" in card
    assert card[card.index("Спрашивает:") + 1 :][:2] == ["1. Кто ответит?", "2. Когда?"]
    assert "Тон: оскорбления" in card
