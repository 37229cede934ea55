"""The duty officer routes what the hub was not sure of; executors take their cards."""

from __future__ import annotations

from bot.demo.cast import Case
from bot.demo.plan import ASKED, LATE, NOTED, RACE, Day, at
from bot.demo.sight import Message

_QUESTION = "Какой это был маршрут и во сколько примерно?"
_REPLY = "Маршрут 113, примерно без двадцати восемь, в сторону центра"
_NOTE = "Ключ от подвала у старшей по дому, встречаемся с ней в 15:00"


async def route_unsure(day: Day) -> None:
    """Triage: one press on one of the three guesses."""
    stage, triage = day.stage, day.cast.chats["TRIAGE"]
    unsure = [c for c in day.ordinary() if c.script.unsure]
    await stage.move(at(24, 9, 40), f"дежурная смена разбирает неясное: {len(unsure)} (2.8)")
    for case in unsure:
        with stage.attempt(f"№ {case.number}: разбор"):
            card = stage.find(triage, f"№ {case.number} · куда?")
            button = _button(card, f"t1.to.{case.number}.{case.block}")
            name = day.town.blocks[case.block].name
            seen = stage.sees(day.cast.chats[case.block], f"№ {case.number} ·")
            about = f"о № {case.number} «{case.script.text}»"
            stage.press(day.cast.duty, card, button, about=about, toast=name, seen=seen)
    await stage.beat()


def _button(message: Message, data: str) -> str:
    """The words on the button with this data. Raises LookupError."""
    for row in message["reply_markup"]["inline_keyboard"]:
        for button in row:
            if button.get("callback_data") == data:
                return str(button["text"])
    raise LookupError(f"нет кнопки {data}")


async def take_cards(day: Day) -> None:
    """Everybody takes what is his; two reach for one card at once; one card is forgotten."""
    stage = day.stage
    cases = day.ordinary(LATE, RACE)
    await stage.move(at(24, 9, 45), f"исполнители берут карточки: {len(cases) + 1} (2.1, 2.2)")
    _race(day)
    for case in cases:
        take(day, case)
    await stage.beat()


def take(day: Day, case: Case) -> None:
    """«Взять» by the usual holder; the citizen reads a line."""
    stage = day.stage
    number, who = f"№ {case.number}", day.cast.holder(case)
    with stage.attempt(f"{number}: взять"):
        card = stage.find(day.cast.chats[case.block], f"{number} ·")
        seen = stage.sees(day.cast.chats[case.block], f"{number} ·", f"{who['first_name']}, с ")
        stage.press(who, card, "Взять", about=number, toast="Взято", seen=seen)


def _race(day: Day) -> None:
    """The first press wins, the other's toast names the winner (domain.md, invariant 8)."""
    stage, case = day.stage, day.part(RACE)
    number = f"№ {case.number}"
    winner, loser = day.rng.sample(day.cast.executors[case.block], 2)
    case.holder = winner
    with stage.attempt(f"{number}: спор за карточку"):
        card = stage.find(day.cast.chats[case.block], f"{number} ·")
        about = f"{number} одновременно с другим"
        stage.press(winner, card, "Взять", about=about, toast="Взято")
        lost = f"Уже взято: {winner['first_name']}"
        stage.press(loser, card, "Взять", about=about, toast=lost)


async def ask_and_note(day: Day) -> None:
    """A question to the citizen and a note for colleagues."""
    stage = day.stage
    asked, noted = day.part(ASKED), day.part(NOTED)
    await stage.move(at(24, 11, 0), "вопрос жителю и заметка (1.8, 2.5, 2.6)")
    await _ask(day, asked)
    await draft(day, noted, _NOTE, photo=False)
    with stage.attempt(f"№ {noted.number}: Не ответ"):
        seen = stage.sees(day.cast.chats[noted.block], f"Заметка к № {noted.number}")
        about = f"№ {noted.number}"
        who = day.cast.holder(noted)
        stage.press(who, find_preview(day, noted), "Не ответ", about=about, seen=seen)
    await stage.beat()


async def _ask(day: Day, case: Case) -> None:
    """«Уточнить», «Свой вопрос», the words."""
    stage, chat, who = day.stage, day.cast.chats[case.block], day.cast.holder(case)
    about = f"№ {case.number}"
    for standing, button, comes in (
        (f"{about} ·", "Уточнить", f"{about}: что уточнить?"),
        (f"{about}: что уточнить?", "Свой вопрос", f"ваш вопрос жителю по {about}"),
    ):
        with stage.attempt(f"{about}: {button}"):
            seen = stage.sees(chat, comes)
            stage.press(who, stage.find(chat, standing), button, about=about, seen=seen)
        await stage.beat()
    with stage.attempt(f"{about}: вопрос жителю"):
        seen = stage.sees(case.author, f"Вопрос по {about}")
        prompt = stage.find(chat, f"ваш вопрос жителю по {about}")
        stage.say(who, _QUESTION, chat=chat, to=prompt, seen=seen)
    await stage.beat()


async def citizen_replies(day: Day) -> None:
    """The citizen answers the question: his clock goes on."""
    stage, asked = day.stage, day.part(ASKED)
    await stage.move(at(24, 13, 55), "житель отвечает на вопрос (1.8)")
    with stage.attempt(f"№ {asked.number}: ответ жителя"):
        question = stage.find(asked.author, f"Вопрос по № {asked.number}")
        seen = stage.sees(asked.author, "Передали. Новый срок")
        stage.say(asked.author, _REPLY, to=question, seen=seen)
    stage.expect("передаёт исполнителю", stage.sees(day.cast.chats[asked.block], "Житель ответил"))
    await stage.beat()


async def draft(day: Day, case: Case, words: str, *, photo: bool) -> None:
    """The holder replies to the card and waits for the preview."""
    write(day, case, words, photo=photo)
    await day.stage.beat()


def write(day: Day, case: Case, words: str, *, photo: bool) -> None:
    """The holder replies to the card."""
    stage, chat = day.stage, day.cast.chats[case.block]
    number = f"№ {case.number}"
    with stage.attempt(f"{number}: ответ на карточку"):
        card = stage.find(chat, f"{number} ·")
        seen = stage.sees(
            chat, f"Ответ на {number}, ещё не отправлен", words[:20], tell=("Ответ на",)
        )
        stage.say(day.cast.holder(case), words, chat=chat, to=card, photo=photo, seen=seen)


def find_preview(day: Day, case: Case) -> Message:
    """The newest draft of a case that was not sent yet."""
    return day.stage.find(day.cast.chats[case.block], f"Ответ на № {case.number}, ещё не")
