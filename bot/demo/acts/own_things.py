"""What is the citizen's own: his list, his data, his language, his house chat."""

from __future__ import annotations

from bot.demo.acts.moves import answer, push, report, take, tell
from bot.demo.plan import Day, at
from bot.demo.story import Acting

_ANSWER = (
    "24 ноября слесарь заменил клапан водоразборной колонки у дома 6 на Киевской, вода идёт. "
    "Мастер участка проверит её ещё раз 27 ноября утром."
)


def own_list(day: Day) -> Acting[None]:
    """/my, the case and its history, «Забрать» and putting it back."""
    who = day.cast.guests["Платон"]
    number = yield from report(
        day, who, "На Нахимова 15 шумные соседи, ремонт ночью, сосед сверлит", "шумные соседи"
    )
    yield from tell(day, who, "/my", "Ваши сообщения", into=who)
    case = ("шумные соседи", "приняли")
    yield from push(day, who, who, "Ваши сообщения", f"c1.case.{number}", *case)
    day.stage.show(who, *case)
    yield from push(day, who, who, case, "Забрать", "Работать по нему перестанем")
    taken_back = f"Закрыто, № {number}"
    yield from push(
        day, who, who, "Работать по нему", "Забрать", taken_back, "Вернуть можно в течение недели"
    )
    yield from push(day, who, who, (taken_back, "Вернуть можно"), "Вернуть в работу", *case)
    day.stage.expect(
        "снова в чате блока", day.stage.sees(day.cast.chats["SAF"], f"№ {number} · никто")
    )
    yield None
    yield from take(day, number, "SAF")


def own_data(day: Day) -> Acting[None]:
    """/help, /privacy, /forgetme: everything is erased."""
    stage, who = day.stage, day.cast.guests["Ева"]
    words = "Маршрутка на Партизанской битком, салон грязный, кондиционер не работает"
    number = yield from report(day, who, words, "состояние автобуса")
    yield from tell(day, who, "/help", "Просто напишите, что случилось и где.")
    yield from tell(day, who, "/privacy", "Что мы храним")
    stage.show(who, "Что мы храним")
    yield from tell(day, who, "/forgetme", "Удалить ваши данные?")
    yield from push(day, who, who, "Удалить ваши данные?", "Удалить", "Удалили. Запись об этом:")
    seen = stage.sees(day.cast.chats["TRN"], f"№ {number} ·", "забрал житель")
    stage.expect("стирает слова на карточке", seen)
    yield None


def in_english(day: Day) -> Acting[None]:
    """/language: the receipt and the answer come in English."""
    stage, who = day.stage, day.cast.guests["Эмиль"]
    yield from tell(day, who, "/language", "Язык · Language")
    yield from push(day, who, who, "Язык · Language", "English", "We write in English.")
    received = ("Received, No.", "We understood")
    yield from tell(day, who, "На Киевской 6 колонка сломана, вода не идёт", *received)
    stage.show(who, *received)
    number = int(stage.find(who, *received)["text"].split("No. ")[1].split()[0])
    yield from take(day, number, "HCS")
    yield at(24, 18, 15)
    yield from answer(
        day, number, "HCS", _ANSWER, who, reads=(f"Answer to No. {number}", "Did it work?")
    )
    stage.show(who, "Answer to")
    yield at(24, 19, 40)
    yield from push(day, who, who, "Did it work?", "Solved", "How did we do?")
    yield from push(day, who, who, "How did we do?", "5", "you gave us 5")


def house_chat(day: Day) -> Acting[None]:
    """Somebody adds the bot to a house chat: a kind word, and it leaves."""
    stage, who = day.stage, day.cast.guests["Макар"]
    house = stage.world.add_group("Соседи, дом 5", members=[who], bot_in=False)
    stage.name(house, "чат «Соседи, дом 5»")
    stage.world.set_bot_status(house["id"], "member", by=who)
    stage.did(who, "добавляет бота в чат дома", stage.sees(house, "для личных сообщений"))
    yield None
