"""What people of the stories do again and again, each checked by what is seen."""

from __future__ import annotations

from typing import Any

from bot.demo.plan import Day
from bot.demo.sight import Chat, Message, Person, number_in
from bot.demo.story import Acting
from bot.demo.transcript import short


def standing(day: Day, chat: Chat, button: str, *parts: str) -> Acting[Message]:
    """Such a message, once it stands there with a button that begins so ("" is none)."""
    stage = day.stage
    there = stage.offers(chat, button, *parts) if button else stage.sees(chat, *parts)
    if there() is None:
        stage.wait_for(f"ждём «{' … '.join(parts)}» {button} у «{stage.called(chat)}»", there)
        yield None
    return stage.find(chat, *parts)


def report(day: Day, who: Person, text: str, understood: str, **more: Any) -> Acting[int]:
    """A citizen writes and reads how it was understood; returns the number."""
    stage = day.stage
    receipt = ("Принято, №", f"Поняли так: {understood}")
    stage.say(who, text, seen=stage.sees(who, *receipt), **more)
    yield None
    return number_of(day, who, *receipt)


def number_of(day: Day, who: Person, *parts: str) -> int:
    """The number in the newest such message."""
    return number_in(day.stage.find(who, *parts)["text"])


def take(day: Day, number: int, block: str, who: Person | None = None) -> Acting[None]:
    """«Взять» by the block's executor, or by `who`."""
    stage, chat = day.stage, day.cast.chats[block]
    who = who or day.cast.executors[block][0]
    card = yield from standing(day, chat, "Взять", f"№ {number} ·")
    held = stage.sees(chat, f"№ {number} ·", f"{who['first_name']}, с ")
    stage.press(who, card, "Взять", about=f"№ {number}", toast="Взято", seen=held)
    yield None


def draft(
    day: Day, number: int, block: str, text: str, who: Person | None = None, *, photo: bool = False
) -> Acting[None]:
    """The holder replies to the card; the bot shows what it would send."""
    stage, chat = day.stage, day.cast.chats[block]
    card = yield from standing(day, chat, "", f"№ {number} ·")
    preview = stage.sees(chat, f"Ответ на № {number}, ещё не", text[:20], tell=("Ответ на",))
    who = who or day.cast.executors[block][0]
    stage.say(who, text, chat=chat, to=card, photo=photo, seen=preview)
    yield None


def send(day: Day, number: int, block: str, who: Person | None = None) -> Acting[None]:
    """«Отправить»: the answer goes to the checkers."""
    stage, chat = day.stage, day.cast.chats[block]
    preview = yield from standing(day, chat, "m1.send.", f"Ответ на № {number}, ещё не")
    stage.press(
        who or day.cast.executors[block][0],
        preview,
        "m1.send.",
        about=f"№ {number}",
        toast="Отправлено на проверку",
        seen=stage.sees(day.cast.chats["QUALITY"], f"№ {number} · проверить до"),
    )
    yield None


def let_pass(day: Day, number: int, citizen: Person, *reads: str) -> Acting[None]:
    """«Пропустить»: the citizen reads the answer."""
    stage, quality = day.stage, day.cast.chats["QUALITY"]
    card = yield from standing(day, quality, "Пропустить", f"№ {number} · проверить до")
    stage.press(
        day.cast.checkers[number % 2],
        card,
        "Пропустить",
        about=f"№ {number}",
        toast="Ответ уходит жителю",
        seen=stage.sees(citizen, *(reads or (f"Ответ по № {number}", "Получилось?"))),
    )
    yield None


def answer(
    day: Day,
    number: int,
    block: str,
    text: str,
    citizen: Person,
    *,
    photo: bool = False,
    reads: tuple[str, ...] = (),
) -> Acting[None]:
    """A draft, «Отправить», «Пропустить»; the citizen `reads` something else than «Получилось?»."""
    yield from draft(day, number, block, text, photo=photo)
    yield from send(day, number, block)
    yield from let_pass(day, number, citizen, *reads)


def push(
    day: Day,
    who: Person,
    chat: Chat,
    under: str | tuple[str, ...],
    button: str,
    *comes: str,
    into: Chat | None = None,
    toast: str | None = None,
) -> Acting[None]:
    """Press a button of a standing message; `comes` is what is then read `into` a chat."""
    stage = day.stage
    parts = (under,) if isinstance(under, str) else under
    message = yield from standing(day, chat, button, *parts)
    seen = stage.sees(into or chat, *comes) if comes else None
    about = f"под «{short(message['text'], 40)}»"
    stage.press(who, message, button, about=about, toast=toast, seen=seen)
    yield None


def tell(
    day: Day,
    who: Person,
    text: str,
    *comes: str,
    chat: Chat | None = None,
    to: str | None = None,
    into: Chat | None = None,
    **more: Any,
) -> Acting[None]:
    """Say something, in a group as a reply to the message with the words `to`."""
    stage = day.stage
    place = chat or who
    reply = (yield from standing(day, place, "", to)) if to else None
    seen = stage.sees(into or place, *comes)
    stage.say(who, text, chat=chat, to=reply, seen=seen, **more)
    yield None
