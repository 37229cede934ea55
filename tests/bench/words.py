"""Updates as the messenger would send them: citizens' reports, staff's presses and replies."""

from __future__ import annotations

import json
import time
from functools import cache
from itertools import count
from typing import Any

from bot.municipality import read_document

_TROUBLES = (
    "течёт колодец, вода по всей дороге",
    "слабый напор воды, кран еле течёт",
    "из крана идёт ржавая вода",
    "нет горячей воды третий день",
    "холодные батареи в квартире",
    "в подъезде грязно, не моют пол",
    "протекает крыша дома после дождя",
    "не работает лифт",
    "скачки напряжения, мигает свет",
    "провисшие провода над дорогой",
    "не вывозят мусор, контейнеры переполнены",
    "стихийная свалка за гаражами",
    "яма на дороге, объехать нельзя",
    "разбит тротуар, плитка провалилась",
    "ветки закрывают дорожный знак",
    "не горит фонарь, вечером темно",
    "сломаны качели на детской площадке",
    "автобус не пришёл по расписанию",
    "машины стоят на газоне",
    "бродячие собаки сбились в стаю",
)
"""Whose topic the hub is sure of, and none critical."""
CITIZENS = 1_000_000
"""Citizens' ids count from here."""

Update = dict[str, Any]
_updates = count(1)
_messages = count(1)


def user(number: int) -> dict[str, Any]:
    """Somebody whose messenger speaks Russian."""
    return {"id": number, "is_bot": False, "first_name": "Мария", "language_code": "ru"}


@cache
def _streets() -> list[str]:
    """Those that only one settlement has: their reports have a place."""
    found = read_document(None)["streets"]
    return [street["name"] for street in found if len(street.get("settlements", [])) == 1]


def complaint(n: int) -> str:
    """The n-th trouble of the town: the first 3,000 make no problem, each has a card of its own."""
    streets = _streets()
    trouble, street = _TROUBLES[n % len(_TROUBLES)], streets[n // len(_TROUBLES) % len(streets)]
    return f"На улице {street} у дома {n % 97 + 1} {trouble}"


def private(person: int, text: str) -> Update:
    """A message in somebody's private chat."""
    chat = {"id": person, "type": "private", "first_name": "Мария"}
    return _message(person, chat, text)


def reply(person: int, group: int, text: str, to: int) -> Update:
    """A reply to a message of ours in a group."""
    bot = {"id": 42, "is_bot": True, "first_name": "Отклик", "username": "otklik_bench_bot"}
    target = {
        "message_id": to,
        "date": int(time.time()),
        "chat": _group(group),
        "from": bot,
        "text": "…",
    }
    return _message(person, _group(group), text, reply_to_message=target)


def press(person: int, chat: int, message: int, data: str) -> Update:
    """A press of a button under a message of ours."""
    number = next(_updates)
    where = _group(chat) if chat < 0 else {"id": chat, "type": "private", "first_name": "Мария"}
    body = {
        "id": str(10**12 + number),
        "from": user(person),
        "chat_instance": str(chat),
        "message": {"message_id": message, "date": int(time.time()), "chat": where, "text": "…"},
        "data": data,
    }
    return {"update_id": number, "callback_query": body}


def _group(number: int) -> dict[str, Any]:
    return {"id": number, "type": "supergroup", "title": "Чат"}


def _message(person: int, chat: dict[str, Any], text: str, **more: Any) -> Update:
    body = {
        "message_id": 10**9 + next(_messages),
        "date": int(time.time()),
        "chat": chat,
        "from": user(person),
        "text": text,
        **more,
    }
    return {"update_id": next(_updates), "message": body}


def encoded(updates: list[Update]) -> list[bytes]:
    """Each as the bytes of its JSON, made before anything is measured."""
    return [json.dumps(update, ensure_ascii=False).encode() for update in updates]
