"""At night an emergency calls the duty officers by name until one accepts."""

from __future__ import annotations

from bot.demo.acts.moves import answer
from bot.demo.plan import Day, at
from bot.demo.story import Acting

_OVER = (
    "24 ноября в 22:55 пожарные потушили щиток в подъезде на Леселидзе, 3, все целы. "
    "К утру 25 ноября электрики поставили новый щиток, свет в подъезде есть."
)


def called_by_name(day: Day) -> Acting[None]:
    """Both are called, again after three minutes; one accepts, the citizen knows."""
    stage, who, duty, second = day.stage, day.cast.guests["Юнона"], day.cast.duty, day.cast.second
    words = "На Леселидзе 3 пожар в подъезде, горит щиток, дым"
    stage.say(who, words, seen=stage.sees(who, "Сначала позвоните 112"))
    alarm = "авария, примите"
    for officer in (duty, second):
        stage.expect(f"зовёт: {stage.called(officer)}", stage.sees(officer, alarm))
    yield None
    first = stage.find(second, alarm)
    number = int(stage.find(who, "Сначала позвоните 112")["text"].split("№ ")[1].split(".")[0])
    stage.show(second, alarm)
    yield at(24, 22, 43)
    stage.expect("зовёт ещё раз", lambda: _anew(day, first["message_id"]))
    yield at(24, 22, 47)
    toast = "Принято, житель знает"
    accepted = stage.sees(who, f"№ {number}: дежурный принял в 22:47")
    stage.press(second, stage.find(second, alarm), "Принял", toast=toast, seen=accepted)
    yield None
    known = stage.sees(duty, f"№ {number}: принял {second['first_name']}")
    stage.expect(f"больше не зовёт: {stage.called(duty)}", known)
    yield at(24, 22, 52)
    block = day.cast.chats["SAF"]
    holder, card = day.cast.executors["SAF"][0], f"№ {number} ·"
    held = stage.sees(block, card, f"{holder['first_name']}, с ")
    stage.press(holder, stage.find(block, card), "Принял", toast="Взято", seen=held)
    yield None
    yield at(25, 9, 50)
    yield from answer(day, number, "SAF", _OVER, who)


def _anew(day: Day, first: int) -> str | None:
    """The call stands anew, so that it sounds again."""
    newest = day.stage.newest(day.cast.second, "авария, примите")
    fresh = newest is not None and newest["message_id"] != first
    return "тот же вызов, новым сообщением" if fresh else None
